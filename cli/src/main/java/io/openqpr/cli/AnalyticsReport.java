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
    lines.add("Scans               " + total("scans_total"));
    lines.add("Distinct devices    " + total("scans_unique_devices"));
    lines.add("With a conversation " + rate(counts.json()) + rateChange());
    lines.add("Messages in each    " + counts.text("avg_messages_per_conversation") + spread());
    funnel(lines);
    ranking(lines, "Top countries", "top_countries", "country");
    ranking(lines, "Top codes", "top_codes", "qpr_code_id");
    for (var breakdown : counts.json().path("breakdowns").properties()) {
      lines.add("");
      lines.add("By " + breakdown.getKey());
      lines.addAll(BreakdownTable.lines(breakdown.getValue(), width));
    }
    lines.add("");
    lines.addAll(chart("Scans", counts.json()));
    if (!other().isMissingNode()) {
      lines.add("");
      lines.addAll(chart("Scans since " + Reply.text(other(), "since"), other()));
    }
    return lines;
  }

  private JsonNode other() {
    return counts.json().path("comparison");
  }

  /// With what it was, and whether that is more than chance.
  private String total(String field) {
    String total = Text.number(counts.number(field));
    if (other().isMissingNode()) {
      return total;
    }
    JsonNode change = other().path("change").path(field);
    String chance = field.equals("scans_total") ? significance(other().path("scans_ratio")) : "";
    return "%s  %s beside %s%s"
        .formatted(
            total,
            change.isNumber() ? signed(change.decimalValue()) + " %" : "-",
            Text.number(other().path(field).asLong(0)),
            chance);
  }

  private String rateChange() {
    return other().isMissingNode()
        ? ""
        : "  beside " + rate(other()) + significance(other().path("conversation_rate_difference"));
  }

  private static String significance(JsonNode difference) {
    if (!difference.isObject()) {
      return "";
    }
    return difference.path("significant").booleanValue() ? ", significant" : ", may be chance";
  }

  private static String signed(BigDecimal number) {
    return (number.signum() > 0 ? "+" : "") + number.toPlainString();
  }

  /// In percent, with the interval of 95 % where it is told.
  static String rate(JsonNode counts) {
    String rate = percent(Reply.text(counts, "conversation_rate"));
    JsonNode interval = counts.path("conversation_rate_interval");
    return interval.isObject()
        ? "%s (%s–%s)".formatted(rate, rounded(interval, "low"), rounded(interval, "high"))
        : rate;
  }

  private static String rounded(JsonNode interval, String end) {
    return String.valueOf(Math.round(100 * interval.path(end).asDouble(0)));
  }

  private String spread() {
    JsonNode messages = counts.json().path("messages_per_conversation");
    return messages.isObject()
        ? " (median %s, nine of ten at most %s)"
            .formatted(
                new BigDecimal(Reply.text(messages, "median")).stripTrailingZeros().toPlainString(),
                Reply.text(messages, "p90"))
        : "";
  }

  private void funnel(List<String> lines) {
    JsonNode stages = counts.json().path("funnel");
    if (stages.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Funnel");
    for (JsonNode stage : stages) {
      double share = stage.path("share").asDouble(0);
      lines.add(
          "  %s  %s  %s"
              .formatted(
                  Text.padRight(Reply.text(stage, "stage").replace('_', ' '), 20),
                  Text.padLeft(number(stage), 11),
                  Chart.horizontalBar(share, Math.max(1, Math.min(40, width - 37))))
              .stripTrailing());
    }
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

  private List<String> chart(String title, JsonNode of) {
    List<Chart.Bar> bars = new ArrayList<>();
    for (JsonNode point : of.path("timeseries")) {
      bars.add(new Chart.Bar(Reply.text(point, "date"), point.path("scans").asLong(0)));
    }
    return bars.isEmpty()
        ? List.of()
        : new Chart(title, unit.toLowerCase(Locale.ROOT), bars).lines(width);
  }
}
