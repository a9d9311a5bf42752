package io.openqpr.capture;

import io.openqpr.capture.place.Places;
import io.openqpr.capture.visitor.DataCenters;
import io.openqpr.capture.visitor.VisitorRoom;
import io.openqpr.code.CodeRoom;
import io.openqpr.code.rule.RuleRoom;
import io.openqpr.conversation.ConversationRoom;
import io.openqpr.platform.metric.Counter;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Route;
import java.util.ArrayList;
import java.util.List;

/// The front door, with all that tells who comes in.
public final class CaptureRoom implements Room {

  private final Places places;
  private final VisitorRoom visitors;
  private final CaptureRoutes routes;

  public CaptureRoom(
      Ground ground,
      CodeRoom codes,
      RuleRoom rules,
      ConversationRoom conversations,
      Places places,
      DataCenters dataCenters) {
    this.places = places;
    visitors = new VisitorRoom(ground, rules.rules(), places, dataCenters);
    routes =
        new CaptureRoutes(
            codes.codes(),
            visitors.visitors(),
            ground.journal(),
            ground.ids(),
            conversations.tokens(),
            ground.publicUrl());
  }

  @Override
  public List<Route> routes() {
    return routes.routes();
  }

  @Override
  public List<Counter> counters() {
    var counters = new ArrayList<>(routes.counters());
    counters.add(places.counter());
    counters.add(visitors.counter());
    return counters;
  }

  @Override
  public void close() throws InterruptedException {
    visitors.close();
  }
}
