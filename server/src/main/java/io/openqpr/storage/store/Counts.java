package io.openqpr.storage.store;

/// What is counted of any set of scans.
///
/// @param devices exact number of distinct device keys
/// @param conversations scans whose conversation was opened, whenever that was
/// @param messages of those conversations
/// @param first conversations with a message at least
/// @param three with three at least
/// @param ten with ten at least
/// @param completed conversations that came to their end
public record Counts(
    long scans,
    long devices,
    long conversations,
    long messages,
    long first,
    long three,
    long ten,
    long completed) {

  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

  /// From how many messages on a conversation is counted in [#first], [#three] and [#ten].
  public static final int FIRST = 1;

  public static final int THREE = 3;
  public static final int TEN = 10;
}
