package io.openqpr.storage.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is sent in one request, the same at every attempt.
///
/// @param id the event's, or one that follows from those of the events
/// @param types of the events, each once, with blanks between
/// @param events where they are in the feed; none of what is not of the feed
/// @param sequence counts the webhook's deliveries, from 1; 0 for what is not counted
/// @param body of what is not of the feed; `null` where it is read there
public record Delivery(
    String webhook,
    String id,
    String types,
    List<Spot> events,
    long sequence,
    @Nullable String body) {

  /// An event's place in the feed.
  public record Spot(int line, long position) {}

  public Delivery {
    events = List.copyOf(events);
  }

  /// As a store keeps the spots: `1:480 1:520`.
  public String eventsText() {
    var text = new StringBuilder();
    for (Spot spot : events) {
      text.append(text.isEmpty() ? "" : " ")
          .append(spot.line())
          .append(':')
          .append(spot.position());
    }
    return text.toString();
  }

  /// What [#eventsText] wrote.
  public static List<Spot> spots(String text) {
    var spots = new ArrayList<Spot>();
    for (String pair : text.isEmpty() ? new String[0] : text.split(" ")) {
      int colon = pair.indexOf(':');
      spots.add(
          new Spot(
              Integer.parseInt(pair.substring(0, colon)),
              Long.parseLong(pair.substring(colon + 1))));
    }
    return spots;
  }
}
