package io.openqpr.events.feed;

import io.openqpr.account.AccountRoom;
import io.openqpr.code.CodeRoom;
import io.openqpr.platform.metric.Counter;
import io.openqpr.platform.metric.Gauge;
import io.openqpr.platform.metric.Metric;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Route;
import java.util.ArrayList;
import java.util.List;

/// The feed of events, with what the rooms beside it need of it.
public final class FeedRoom implements Room {

  private final Feed feed;
  private final ReaderSlots slots;
  private final EventRoutes routes;

  public FeedRoom(Ground ground, AccountRoom accounts, CodeRoom codes) {
    feed = new Feed(ground.store().feed(), ground.journal(), ground.clock(), ground.publicUrl());
    slots = new ReaderSlots(ground.settings().eventReaders());
    routes = new EventRoutes(feed, codes.codes(), accounts.gate(), slots);
  }

  public Feed feed() {
    return feed;
  }

  /// For whoever waits for events over HTTP.
  public ReaderSlots slots() {
    return slots;
  }

  @Override
  public List<Route> routes() {
    return routes.routes();
  }

  @Override
  public List<Counter> counters() {
    var counters = new ArrayList<Counter>(feed.counters());
    counters.add(
        new Counter(
            "openqpr_event_readers_refused_total",
            "Readers of the feed refused: as many as are allowed waited already.",
            slots::refused));
    return counters;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        new Gauge(
            "openqpr_event_readers",
            "Who waits for events: streams, and requests that wait.",
            slots::taken),
        feed.tail().delays);
  }

  @Override
  public void close() {
    feed.tail().close();
  }
}
