package io.openqpr.platform;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A trouble that lasts: its beginning is logged once, and its end once, with how long it took;
/// what fails in between says nothing. After its end it can begin again.
///
/// May be called from any thread, as often as one likes: where nothing changes it costs one read.
public final class Episode {

  private final Logger log;
  private final Level level;
  private final String begun;
  private final String ended;
  private final AtomicReference<@Nullable Long> sinceNanos = new AtomicReference<>();

  /// @param level of the beginning; the end is told as INFO
  /// @param begun what is told at the beginning, such as `the disk is full`
  /// @param ended what is told at the end, such as `the disk has room again`
  public Episode(Logger log, Level level, String begun, String ended) {
    this.log = log;
    this.level = level;
    this.begun = begun;
    this.ended = ended;
  }

  /// Begins, unless it lasts already.
  ///
  /// @param why in words that hold nothing personal
  public void begin(String why) {
    if (starts()) {
      log.log(level, begun + ": " + why);
    }
  }

  /// Begins with something that nobody expected: its stack trace is told too.
  public void begin(Throwable why) {
    if (starts()) {
      log.log(level, begun, why);
    }
  }

  private boolean starts() {
    return sinceNanos.get() == null && sinceNanos.compareAndSet(null, System.nanoTime());
  }

  /// Ends, if it lasts.
  public void end() {
    Long since = sinceNanos.get();
    if (since != null && sinceNanos.compareAndSet(since, null)) {
      long seconds = Duration.ofNanos(System.nanoTime() - since).toSeconds();
      log.log(Level.INFO, ended + ", after " + seconds + " s");
    }
  }

  public boolean lasts() {
    return sinceNanos.get() != null;
  }
}
