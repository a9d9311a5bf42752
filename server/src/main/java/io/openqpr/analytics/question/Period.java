package io.openqpr.analytics.question;

import java.util.LinkedHashMap;
import java.util.Map;

/// How far back an answer looks: so many calendar days, today included, or everything.
enum Period {
  WEEK("7d", 7),
  MONTH("30d", 30),
  QUARTER("90d", 90),
  ALL("all", 0);

  private final String text;
  private final int days;

  Period(String text, int days) {
    this.text = text;
    this.days = days;
  }

  /// As the API writes it.
  String text() {
    return text;
  }

  /// 0 for [#ALL].
  int days() {
    return days;
  }

  static Map<String, Period> byText() {
    var byText = new LinkedHashMap<String, Period>();
    for (Period period : values()) {
      byText.put(period.text, period);
    }
    return byText;
  }
}
