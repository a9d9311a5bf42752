package io.openqpr.events.live;

import io.openqpr.account.AccountRoom;
import io.openqpr.code.CodeRoom;
import io.openqpr.events.feed.FeedRoom;
import io.openqpr.platform.metric.Counter;
import io.openqpr.web.Room;
import io.openqpr.web.http.Route;
import java.util.List;

/// The feed as a stream.
public final class LiveRoom implements Room {

  private final LiveStreams streams = new LiveStreams();
  private final LiveRoutes routes;

  public LiveRoom(AccountRoom accounts, CodeRoom codes, FeedRoom feed) {
    routes = new LiveRoutes(feed.feed(), codes.codes(), accounts.gate(), feed.slots(), streams);
  }

  @Override
  public List<Route> routes() {
    return routes.routes();
  }

  @Override
  public List<Counter> counters() {
    return List.of(
        new Counter("openqpr_live_events_total", "Events written to streams.", streams::told),
        new Counter(
            "openqpr_live_dropped_total",
            "Streams ended by this server because their reader did not keep up.",
            streams::dropped));
  }

  @Override
  public void drain() {
    streams.drain();
  }

  @Override
  public void close() {
    streams.close();
  }
}
