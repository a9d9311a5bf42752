package io.openqpr.storage.store;

import io.openqpr.model.CodeId;
import java.util.List;

/// Counts over the raw scans.
///
/// @param slices those with scans, in order
/// @param devices exact number of distinct device keys
/// @param countries at most 10, most scans first, ties by country; scans without one are in no row
/// @param codes at most 10 of the account's codes, most scans first, ties by number; empty when one
///   code was asked for
public record Tally(
    List<Slice> slices, long devices, List<CountryCount> countries, List<CodeCount> codes) {

  /// How many countries and codes are told.
  public static final int TOP = 10;

  /// With other slices.
  public Tally with(List<Slice> others) {
    return new Tally(others, devices, countries, codes);
  }

  /// @param index as [Slicing] numbers them
  /// @param conversations scans of this slice whose conversation was opened, whenever that was
  /// @param messages of those conversations
  public record Slice(long index, long scans, long conversations, long messages) {

    /// The same counts under another number.
    public Slice at(long other) {
      return new Slice(other, scans, conversations, messages);
    }

    /// Both together, under the number of this one.
    public Slice plus(Slice other) {
      return new Slice(
          index,
          scans + other.scans,
          conversations + other.conversations,
          messages + other.messages);
    }
  }

  public record CountryCount(String country, long scans) {}

  public record CodeCount(CodeId code, long scans) {}
}
