package io.openqpr.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// AnalyticsCommand for people: the totals, who leads, and a picture of the time.
final class AnalyticsReport {

  private static final int LABEL_COLUMNS = 30;

  private final Reply counts;
  private final String unit;
  private final int width;

  /// @param unit what a bucket is: hour, day, week
  AnalyticsReport(Reply counts, String unit, int width) {
    this.counts = counts;
    this.unit = unit;
    this.width = width;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Scans               " + Text.number(counts.number("scans_total")));
    lines.add("Distinct devices    " + Text.number(counts.number("scans_unique_devices")));
    lines.add("With a conversation " + percent(counts.text("conversation_rate")));
    lines.add("Messages in each    " + counts.text("avg_messages_per_conversation"));
    ranking(lines, "Top countries", "top_countries", "country");
    ranking(lines, "Top codes", "top_codes", "qpr_code_id");
    lines.add("");
    lines.addAll(chart());
    return lines;
  }

  private static String percent(String rate) {
    try {
      return new BigDecimal(rate).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    } catch (NumberFormatException e) {
      return "-";
    }
  }

  private void ranking(List<String> lines, String title, String list, String name) {
    JsonNode ranks = counts.json().path(list);
    if (ranks.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(title);
    long most = Math.max(1, ranks.path(0).path("scans").asLong(0));
    int labels = 0;
    int numbers = 0;
    for (JsonNode rank : ranks) {
      labels = Math.max(labels, Text.width(label(rank, name)));
      numbers = Math.max(numbers, number(rank).length());
    }
    int room = Math.max(1, Math.min(40, width - labels - numbers - 6));
    for (JsonNode rank : ranks) {
      double share = (double) rank.path("scans").asLong(0) / most;
      lines.add(
          "  %s  %s  %s"
              .formatted(
                  Text.padRight(label(rank, name), labels),
                  Text.padLeft(number(rank), numbers),
                  Chart.horizontalBar(share, room))
              .stripTrailing());
    }
  }

  private static String label(JsonNode rank, String name) {
    return Text.cut(Text.printable(Reply.text(rank, name)), LABEL_COLUMNS);
  }

  private static String number(JsonNode rank) {
    return Text.number(rank.path("scans").asLong(0));
  }

  private List<String> chart() {
    List<Chart.Bar> bars = new ArrayList<>();
    for (JsonNode point : counts.json().path("timeseries")) {
      bars.add(new Chart.Bar(Reply.text(point, "date"), point.path("scans").asLong(0)));
    }
    return bars.isEmpty()
        ? List.of()
        : new Chart("Scans", unit.toLowerCase(Locale.ROOT), bars).lines(width);
  }
}
