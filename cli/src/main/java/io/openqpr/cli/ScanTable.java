package io.openqpr.cli;

import io.openqpr.cli.Table.Column;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Scans as rows for people.
final class ScanTable {

  private ScanTable() {}

  /// @param detailed whether to show what scans know of their visits, in place of conversations
  static Table table(JsonNode scans, boolean detailed) {
    var table =
        new Table(
            Column.text("SCANNED AT"),
            Column.text("CODE"),
            Column.text("DEVICE"),
            detailed ? Column.text("PLACE").missable(2) : Column.flexible("PLACE"),
            detailed ? Column.flexible("VISIT") : Column.text("CONVERSATION"),
            Column.text("ID").missable(1));
    for (JsonNode scan : scans) {
      table.row(
          Reply.text(scan, "scanned_at"),
          Reply.text(scan, "short_id"),
          Reply.text(scan, "device"),
          place(scan),
          detailed ? visit(scan.path("details")) : conversation(scan),
          Reply.text(scan, "id"));
    }
    return table;
  }

  private static String visit(JsonNode details) {
    Stream<String> traits =
        Stream.of("os", "browser", "language", "referrer")
            .map(field -> Reply.text(details, field))
            .filter(text -> !text.isEmpty());
    Stream<String> params =
        details.path("params").properties().stream()
            .map(param -> param.getKey() + "=" + param.getValue().asString());
    String visit = Stream.concat(traits, params).collect(Collectors.joining(" "));
    return visit.isEmpty() ? "-" : visit;
  }

  /// One scan by itself, in columns that stay the same from line to line.
  static String line(JsonNode scan) {
    return Text.printable(
        "%-24s  %-6s  %-7s  %s"
            .formatted(
                Reply.text(scan, "scanned_at"),
                Reply.text(scan, "short_id"),
                Reply.text(scan, "device"),
                place(scan)));
  }

  private static String place(JsonNode scan) {
    String place =
        Stream.of("city", "region", "country")
            .map(field -> Reply.text(scan, field))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    return place.isEmpty() ? "-" : place;
  }

  private static String conversation(JsonNode scan) {
    if (!scan.path("conversation_started").asBoolean(false)) {
      return "-";
    }
    long messages = scan.path("conversation_messages").asLong(0);
    return messages == 0 ? "opened" : Text.count(messages, "message");
  }
}
