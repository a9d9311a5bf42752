package io.openqpr.analytics.question;

import java.util.LinkedHashMap;
import java.util.Map;

/// How far back an answer looks, on the clock of its zone.
enum Period {
  WEEK("7d", 7),
  MONTH("30d", 30),
  QUARTER("90d", 90),
  ALL("all", 0),
  TODAY("today", 1),
  /// The day before, whole.
  YESTERDAY("yesterday", 0),
  /// From now, to the second.
  DAY("24h", 0),
  /// This month so far.
  MONTH_TO_DATE("mtd", 0),
  YEAR_TO_DATE("ytd", 0),
  /// Twelve calendar months, this one included.
  YEAR("12mo", 0);

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

  /// So many calendar days, today included; 0 where it is not days that make it.
  int days() {
    return days;
  }

  /// Whether it was known before questions had a language: such answers stay as they were.
  boolean isOld() {
    return compareTo(ALL) <= 0;
  }

  static Map<String, Period> byText() {
    var byText = new LinkedHashMap<String, Period>();
    for (Period period : values()) {
      byText.put(period.text, period);
    }
    return byText;
  }
}
