package io.openqpr.cli;

import io.openqpr.cli.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Attempts at deliveries for people: as rows, or each with all that is known.
final class DeliveryText {

  private DeliveryText() {}

  static Table table(JsonNode attempts) {
    var table =
        new Table(
            Column.text("ATTEMPTED AT"),
            Column.text("STATE"),
            Column.text("ANSWER"),
            Column.text("ID"),
            Column.text("EVENTS").missable(5),
            Column.number("TRY").missable(6),
            Column.text("NEXT").missable(4),
            Column.text("PHASES").missable(2),
            Column.text("EVENT").missable(3));
    for (JsonNode attempt : attempts) {
      table.row(
          toSeconds(Reply.text(attempt, "attempted_at")),
          Reply.text(attempt, "state"),
          answer(attempt),
          Reply.text(attempt, "id"),
          types(attempt),
          Reply.text(attempt, "attempt"),
          toSeconds(Reply.text(attempt, "next_attempt_at")),
          phases(attempt.path("phases_ms")),
          Reply.text(attempt, "event_id"));
    }
    return table;
  }

  private static String toSeconds(String time) {
    return time.replaceFirst("\\.\\d+Z$", "Z");
  }

  /// The status, or why there is none.
  static String answer(JsonNode attempt) {
    String status = Reply.text(attempt, "status");
    String error = Reply.text(attempt, "error");
    return Stream.of(status, error.equals("status") ? "" : error)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /// Each type once, with how many there are of it.
  private static String types(JsonNode attempt) {
    Map<String, Long> counts =
        attempt
            .path("types")
            .valueStream()
            .collect(Collectors.groupingBy(JsonNode::asString, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(type -> type.getKey() + (type.getValue() > 1 ? " x" + type.getValue() : ""))
        .collect(Collectors.joining(", "));
  }

  /// How long after the start each phase was over that there was.
  static String phases(JsonNode phases) {
    List<String> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> phase : phases.properties()) {
      if (phase.getValue().isNumber()) {
        all.add(
            String.format(
                Locale.ROOT,
                "%s %.1f",
                phase.getKey().replace('_', ' '),
                phase.getValue().asDouble()));
      }
    }
    return all.isEmpty() ? "" : String.join(", ", all) + " ms";
  }

  static VisitText facts(JsonNode attempt) {
    return new VisitText()
        .with("id", Reply.text(attempt, "id"))
        .with("event", Reply.text(attempt, "event_id"))
        .with("types", types(attempt))
        .with("sequence", Reply.text(attempt, "sequence"))
        .with("attempt", Reply.text(attempt, "attempt"))
        .with("at", Reply.text(attempt, "attempted_at"))
        .with("state", Reply.text(attempt, "state"))
        .with("status", Reply.text(attempt, "status"))
        .with("error", Reply.text(attempt, "error"))
        .with("why", Reply.text(attempt, "detail"))
        .with("answer", Reply.text(attempt, "response"))
        .with("phases", phases(attempt.path("phases_ms")))
        .with("next attempt", Reply.text(attempt, "next_attempt_at"));
  }
}
