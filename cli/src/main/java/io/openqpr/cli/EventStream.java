package io.openqpr.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What happens on the server, as it happens: each event once, in order, also when the line was
/// lost meanwhile or the server away. For one thread.
final class EventStream {

  /// How long to wait before coming again; twice as long each time, up to the longest.
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int LONGEST_WAIT_SECONDS = 120;

  private final ApiClient api;
  private final Query filter;
  private final Duration firstPause;
  private final Terminal terminal;
  private String place;
  private Duration pause;
  private boolean toldLost;

  /// @param place where it begins
  EventStream(ApiClient api, Query filter, String place, Duration firstPause, Terminal terminal) {
    this.api = api;
    this.filter = filter;
    this.place = place;
    this.firstPause = firstPause;
    this.pause = firstPause;
    this.terminal = terminal;
  }

  /// The place behind everything that there is.
  ///
  /// @throws Failure of status 404 where the server has no such stream
  static String head(ApiClient api, Query filter) {
    return api.get("/v1/events", filter.with("after", "latest").with("limit", 1))
        .text("next_cursor");
  }

  /// Until this thread is interrupted.
  ///
  /// @param taker done with an event when it returns
  /// @throws Failure when the server does not want it
  void follow(Consumer<StreamedEvent> taker) {
    while (!Thread.currentThread().isInterrupted()) {
      int wanted = 0;
      try {
        read(taker);
      } catch (IOException e) {
        lost("the line to the server is lost; coming again until it is back");
      } catch (Failure e) {
        if (e.exitCode() != Failure.UNREACHABLE) {
          throw e;
        }
        lost(e.line() + "; trying again until it is");
        wanted = Math.min(e.waitSeconds(), LONGEST_WAIT_SECONDS);
      }
      pause(Duration.ofSeconds(wanted));
    }
  }

  private void read(Consumer<StreamedEvent> taker) throws IOException {
    try (var lines = new EventLines(api.stream("/v1/events/stream", filter, place))) {
      for (@Nullable StreamedEvent next = lines.next(); next != null; next = lines.next()) {
        back();
        if (next.isEvent()) {
          taker.accept(next);
        }
        place = next.place();
      }
    }
  }

  private void lost(String line) {
    if (!toldLost && !Thread.currentThread().isInterrupted()) {
      terminal.out().flush();
      terminal.note(line);
      toldLost = true;
    }
  }

  private void back() {
    pause = firstPause;
    if (toldLost) {
      terminal.note("the server is back; nothing was missed");
      toldLost = false;
    }
  }

  /// Many who lost the same server do not come again at the same moment.
  private void pause(Duration atLeast) {
    long millis = pause.toMillis();
    long spread = ThreadLocalRandom.current().nextLong(-millis / 5, millis / 5 + 1);
    try {
      Thread.sleep(Duration.ofMillis(Math.max(atLeast.toMillis(), millis + spread)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long longest = Math.max(LONGEST_PAUSE.toMillis(), firstPause.toMillis());
    pause = Duration.ofMillis(Math.min(2 * millis, longest));
  }
}
