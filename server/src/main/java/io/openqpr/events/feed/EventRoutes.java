package io.openqpr.events.feed;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.code.Codes;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Duration;
import java.util.List;

/// `GET /v1/events`: what happened behind a place, oldest first.
final class EventRoutes {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_WAIT_SECONDS = 25;

  private final Feed feed;
  private final Codes codes;
  private final Gate gate;
  private final ReaderSlots slots;

  EventRoutes(Feed feed, Codes codes, Gate gate, ReaderSlots slots) {
    this.feed = feed;
    this.codes = codes;
    this.gate = gate;
    this.slots = slots;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/events", gate.guard(Scope.EVENTS_READ, this::list)));
  }

  private Answer list(Caller caller, Request request) {
    Parameters parameters = request.parameters();
    FeedStart start = FeedStart.of(parameters, feed);
    FeedQuery query = FeedQuery.of(parameters);
    int limit = parameters.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    int wait = parameters.integer("wait", 0, 0, MAX_WAIT_SECONDS);
    parameters.done();
    FeedFilter filter =
        query.filter(caller.account(), id -> codes.require(caller.account(), id).ref().number());
    FeedPlace from =
        switch (start) {
          case FeedStart.After(FeedPlace place) -> place;
          case FeedStart.Latest _ -> feed.head();
          case FeedStart.Anywhere _ -> FeedPlace.START;
        };
    FeedPage page = feed.page(from, filter, limit);
    return page.events().isEmpty() && wait > 0
        ? waited(page.next(), filter, limit, Duration.ofSeconds(wait))
        : answer(page.events(), page.next(), page.more());
  }

  /// Nothing of the store is held meanwhile.
  private Answer waited(FeedPlace from, FeedFilter filter, int limit, Duration wait) {
    slots.take();
    try (FeedWalk walk = feed.walk(from, filter)) {
      List<Told> told = walk.next(limit, wait);
      return answer(told.stream().map(Told::event).toList(), walk.place(), told.size() == limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return answer(List.of(), from, false);
    } finally {
      slots.giveBack();
    }
  }

  private Answer answer(List<FeedEvent> events, FeedPlace next, boolean more) {
    return Answer.json(
        new ListView(events.stream().map(feed::view).toList(), feed.cursor(next), more));
  }

  /// @param nextCursor never null: there is always something behind it, sooner or later
  private record ListView(List<EventView> events, String nextCursor, boolean more) {}
}
