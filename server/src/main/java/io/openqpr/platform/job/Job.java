package io.openqpr.platform.job;

import java.time.Duration;

/// Work that is due again and again, for the whole store.
///
/// @param name the same on all servers and in all versions, as it stands in the store and in
///   metrics
/// @param every how long after it was done it is due again
/// @param trustsClock whether it cannot be taken back when the clock is wrong: it waits then
public record Job(String name, Duration every, boolean trustsClock, Work work) {

  public Job(String name, Duration every, Work work) {
    this(name, every, false, work);
  }

  /// Is done on one thread with the other jobs; must be right also when it is done twice.
  @FunctionalInterface
  public interface Work {

    /// Does some of it, within a minute or so.
    ///
    /// @return whether more is left to do now
    boolean step();
  }

  /// Work that is done in one step.
  public static Job simple(String name, Duration every, Runnable work) {
    return new Job(
        name,
        every,
        () -> {
          work.run();
          return false;
        });
  }

  /// The same, which waits while the clock cannot be believed.
  public Job trustingClock() {
    return new Job(name, every, true, work);
  }
}
