package io.openqpr.events.live;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.code.Codes;
import io.openqpr.events.feed.Feed;
import io.openqpr.events.feed.FeedQuery;
import io.openqpr.events.feed.FeedStart;
import io.openqpr.events.feed.FeedWalk;
import io.openqpr.events.feed.ReaderSlots;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// `GET /v1/events/stream`: what happens, as it happens, as server-sent events.
final class LiveRoutes {

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private static final List<String> HEADERS =
      List.of(
          "Content-Type",
          "text/event-stream",
          "Cache-Control",
          "no-store",
          // Proxies that gather answers before they pass them on leave this one alone.
          "X-Accel-Buffering",
          "no");

  private final Feed feed;
  private final Codes codes;
  private final Gate gate;
  private final ReaderSlots slots;
  private final LiveStreams streams;

  LiveRoutes(Feed feed, Codes codes, Gate gate, ReaderSlots slots, LiveStreams streams) {
    this.feed = feed;
    this.codes = codes;
    this.gate = gate;
    this.slots = slots;
    this.streams = streams;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/events/stream", gate.guard(Scope.EVENTS_READ, this::stream)));
  }

  private Answer stream(Caller caller, Request request) {
    Parameters parameters = request.parameters();
    FeedStart start = start(parameters, request);
    FeedQuery query = FeedQuery.of(parameters);
    parameters.done();
    FeedFilter filter =
        query.filter(caller.account(), id -> codes.require(caller.account(), id).ref().number());
    return Answer.streamed(
        HEADERS, out -> write(start, filter, () -> gate.check(request, Scope.EVENTS_READ), out));
  }

  /// A browser that lost its connection comes again with the URL of its first time, and with what
  /// it saw last as a header, which so counts more.
  private FeedStart start(Parameters parameters, Request request) {
    FeedStart after = FeedStart.of(parameters, feed);
    Optional<String> last = request.header(LAST_EVENT_ID).filter(text -> !text.isEmpty());
    if (last.isEmpty()) {
      return after;
    }
    try {
      return FeedStart.of(last.get(), feed);
    } catch (IllegalArgumentException e) {
      parameters.error(LAST_EVENT_ID, String.valueOf(e.getMessage()));
      return after;
    }
  }

  private void write(FeedStart start, FeedFilter filter, Runnable stillAllowed, OutputStream out)
      throws IOException {
    slots.take();
    try (FeedWalk walk = walk(start, filter)) {
      streams.run(walk, feed, stillAllowed, out);
    } finally {
      slots.giveBack();
    }
  }

  private FeedWalk walk(FeedStart start, FeedFilter filter) {
    return switch (start) {
      case FeedStart.After(FeedPlace place) -> feed.walk(place, filter, LiveStreams.PACE);
      case FeedStart.Latest _, FeedStart.Anywhere _ -> feed.walkFromNow(filter, LiveStreams.PACE);
    };
  }
}
