package io.openqpr.storage.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Work that is due again and again, and is done by one of the servers that share the store.
///
/// Times are the servers' own, which must differ by less than a lease. A server that dies leaves
/// its job to the others when its lease is over, so work may be done again from where it was left.
public interface JobStore {

  /// A job taken by this server.
  ///
  /// @param number of its claims; the next one has the next number
  /// @param dueAt since when it was due
  record Claim(String job, long number, Instant dueAt) {}

  /// Takes a job that is due and that nobody else has. One that was never taken is due at once. So
  /// is one that says to be due, or taken, for longer than it ever could: it was written by a clock
  /// that was ahead, and nobody waits for years.
  ///
  /// @param every the longest it may be until it is due
  Optional<Claim> claim(String job, Instant now, Duration every, Duration lease);

  /// Keeps it for another lease from now.
  ///
  /// @return false when another server has taken it: it must be left alone
  boolean extend(Claim claim, Instant now, Duration lease);

  /// Gives it back, to be due again then.
  ///
  /// @return false when another server had taken it; nothing was changed
  boolean giveBack(Claim claim, Instant due);
}
