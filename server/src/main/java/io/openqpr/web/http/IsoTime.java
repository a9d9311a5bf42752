package io.openqpr.web.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Instants as ISO 8601 writes them: a date (of a month, a week or a year), a time with seconds or
/// without, the last part with a fraction behind a point or comma, and an offset; all with
/// separators or all without, but for the offset, which many write in the other way. `24:00` is the
/// day's end, and the second 60 is the leap second before midnight UTC.
///
/// A date alone means its midnight UTC.
final class IsoTime {

  private static final String OFFSET = "([Zz]|([+\\u2212-])([0-9]{2})(?::?([0-5][0-9]))?)";
  private static final String FRACTION = "(?:[.,]([0-9]{1,30}))?";

  private static final Pattern EXTENDED =
      Pattern.compile(
          "([0-9]{4}-(?:[0-9]{2}-[0-9]{2}|W[0-9]{2}-[1-7]|[0-9]{3}))"
              + "(?:[Tt]([0-9]{2})(?::([0-9]{2})(?::([0-9]{2}))?)?"
              + FRACTION
              + OFFSET
              + ")?");

  private static final Pattern BASIC =
      Pattern.compile(
          "([0-9]{4}(?:[0-9]{4}|W[0-9]{2}[1-7]|[0-9]{3}))"
              + "(?:[Tt]([0-9]{2})(?:([0-9]{2})([0-9]{2})?)?"
              + FRACTION
              + OFFSET
              + ")?");

  private static final int HOUR_SECONDS = 3_600;
  private static final int MINUTE_SECONDS = 60;
  private static final int DAY_SECONDS = 86_400;

  private IsoTime() {}

  /// `null` for a text that is none.
  static @Nullable Instant parse(String text) {
    Matcher extended = EXTENDED.matcher(text);
    if (extended.matches()) {
      return instant(extended, false);
    }
    Matcher basic = BASIC.matcher(text);
    return basic.matches() ? instant(basic, true) : null;
  }

  private static @Nullable Instant instant(Matcher parts, boolean basic) {
    LocalDate date = date(parts.group(1), basic);
    if (date == null) {
      return null;
    }
    long midnight = date.toEpochDay() * DAY_SECONDS;
    return parts.group(2) == null ? Instant.ofEpochSecond(midnight) : at(midnight, parts);
  }

  private static @Nullable LocalDate date(String text, boolean basic) {
    try {
      return dateOf(basic ? extended(text) : text);
    } catch (DateTimeException e) {
      return null; // 30 February
    }
  }

  private static LocalDate dateOf(String text) {
    if (text.charAt(5) == 'W') {
      return LocalDate.parse(text, DateTimeFormatter.ISO_WEEK_DATE);
    }
    int year = Integer.parseInt(text, 0, 4, 10);
    return text.length() == "2026-079".length()
        ? LocalDate.ofYearDay(year, Integer.parseInt(text, 5, 8, 10))
        : LocalDate.of(year, Integer.parseInt(text, 5, 7, 10), Integer.parseInt(text, 8, 10, 10));
  }

  private static String extended(String basic) {
    String year = basic.substring(0, 4);
    String rest = basic.substring(4);
    return switch (rest.length()) {
      case 3 -> year + "-" + rest;
      case 4 ->
          rest.startsWith("W")
              ? year + "-" + rest.substring(0, 3) + "-" + rest.substring(3)
              : year + "-" + rest.substring(0, 2) + "-" + rest.substring(2);
      default -> throw new IllegalArgumentException(basic);
    };
  }

  private static @Nullable Instant at(long midnight, Matcher parts) {
    int hour = Integer.parseInt(parts.group(2));
    int minute = number(parts.group(3));
    int second = number(parts.group(4));
    long nanos = nanos(parts);
    int offset = offset(parts);
    long epoch = midnight + hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second - offset;
    boolean endOfDay = hour == 24 && minute == 0 && second == 0 && nanos == 0;
    boolean leap = second == 60 && Math.floorMod(epoch, DAY_SECONDS) == 0;
    if ((hour > 23 && !endOfDay) || minute > 59 || (second > 59 && !leap)) {
      return null;
    }
    return offset == NO_OFFSET ? null : Instant.ofEpochSecond(epoch, nanos);
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /// Of the last part that is given; what is finer than a nanosecond is cut off.
  private static long nanos(Matcher parts) {
    String digits = parts.group(5);
    if (digits == null) {
      return 0;
    }
    int unit = parts.group(4) != null ? 1 : parts.group(3) != null ? MINUTE_SECONDS : HOUR_SECONDS;
    return new BigDecimal("0." + digits).movePointRight(9).longValue() * unit;
  }

  private static final int NO_OFFSET = Integer.MAX_VALUE;

  /// In seconds; [#NO_OFFSET] where it is none.
  private static int offset(Matcher parts) {
    if (parts.group(7) == null) {
      return 0;
    }
    int hours = Integer.parseInt(parts.group(8));
    int seconds = hours * HOUR_SECONDS + number(parts.group(9)) * MINUTE_SECONDS;
    if (hours > 23) {
      return NO_OFFSET;
    }
    return parts.group(7).equals("+") ? seconds : -seconds;
  }
}
