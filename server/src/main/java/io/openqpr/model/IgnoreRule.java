package io.openqpr.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an account told to ignore: requests for its scan URLs that bear the sign are no scans.
///
/// @param code whose scans it is about; `null` for all codes of the account
/// @param name the account's own word for it
public record IgnoreRule(
    String id,
    int account,
    @Nullable CodeRef code,
    Sign sign,
    @Nullable String name,
    Instant createdAt) {

  public static final String ID_PREFIX = "rule_";

  /// What such a request is known by.
  public sealed interface Sign {

    /// Where it comes from.
    ///
    /// @param text such as `203.0.113.0/24`, or a single address
    record AddressRange(String text) implements Sign {}

    /// What its user agent has in it somewhere, in capitals or not.
    record AgentWord(String text) implements Sign {}
  }
}
