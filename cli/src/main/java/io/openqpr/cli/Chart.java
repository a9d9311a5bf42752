package io.openqpr.cli;

import java.util.ArrayList;
import java.util.List;

/// Bars of Unicode blocks over time, fit to a width: where there are more buckets than room, as
/// many as needed are added up into one bar, and the title says so.
///
/// @param unit what one bucket is, such as `day`
/// @param buckets at least one, in order
record Chart(String what, String unit, List<Bar> buckets) {

  /// @param label when it begins
  record Bar(String label, long value) {}

  private static final int ROWS = 8;
  private static final int EIGHTHS = 8;
  private static final int NARROWEST = 16;
  private static final int WIDEST_BAR = 4;
  private static final String UPWARDS = " ▁▂▃▄▅▆▇█";
  private static final String RIGHTWARDS = " ▏▎▍▌▋▊▉█";

  Chart {
    buckets = List.copyOf(buckets);
  }

  /// The bar of a part between 0 and 1; what is more than nothing is seen.
  static String horizontalBar(double part, int columns) {
    int eighths = eighths(part, columns);
    String whole = "█".repeat(eighths / EIGHTHS);
    return eighths % EIGHTHS == 0 ? whole : whole + RIGHTWARDS.charAt(eighths % EIGHTHS);
  }

  private static int eighths(double part, int cells) {
    int eighths = (int) Math.round(part * cells * EIGHTHS);
    return part > 0 ? Math.max(1, eighths) : 0;
  }

  List<String> lines(int width) {
    long highest = buckets.stream().mapToLong(Bar::value).max().orElse(0);
    // A sum may need more digits than any bucket: the margin is for the sum of all.
    int margin = Text.number(buckets.stream().mapToLong(Bar::value).sum()).length() + 2;
    int room = Math.max(NARROWEST, width - margin);
    int together = Math.ceilDiv(buckets.size(), room);
    List<Bar> bars = together == 1 ? buckets : merged(together);
    if (together > 1) {
      highest = bars.stream().mapToLong(Bar::value).max().orElse(0);
    }
    int barWidth = Math.min(WIDEST_BAR, room / bars.size());

    var lines = new ArrayList<String>();
    lines.add(what + " per " + (together == 1 ? unit : together + " " + unit + "s"));
    for (int row = ROWS - 1; row >= 0; row--) {
      String mark = row == ROWS - 1 ? Text.number(highest) : "";
      lines.add(line(bars, row, highest, barWidth, Text.padLeft(mark, margin - 2) + " │"));
    }
    lines.add(Text.padLeft("0", margin - 2) + " └" + "─".repeat(barWidth * bars.size()));
    lines.add(" ".repeat(margin) + ends(bars, barWidth));
    return lines;
  }

  private List<Bar> merged(int together) {
    var merged = new ArrayList<Bar>();
    for (int i = 0; i < buckets.size(); i += together) {
      List<Bar> group = buckets.subList(i, Math.min(buckets.size(), i + together));
      long sum = group.stream().mapToLong(Bar::value).sum();
      merged.add(new Bar(group.getFirst().label(), sum));
    }
    return merged;
  }

  private static String line(List<Bar> bars, int row, long highest, int barWidth, String margin) {
    var line = new StringBuilder(margin);
    for (Bar bar : bars) {
      int filled = highest == 0 ? 0 : eighths((double) bar.value() / highest, ROWS);
      int inThisRow = Math.clamp(filled - (long) row * EIGHTHS, 0, EIGHTHS);
      // A wide bar leaves a column free to the next one.
      int blocks = barWidth > 1 ? barWidth - 1 : 1;
      line.repeat(UPWARDS.charAt(inThisRow), blocks).repeat(' ', barWidth - blocks);
    }
    return line.toString().stripTrailing();
  }

  private static String ends(List<Bar> bars, int barWidth) {
    String first = bars.getFirst().label();
    String last = bars.getLast().label();
    int room = barWidth * bars.size();
    int gap = room - first.length() - last.length();
    return bars.size() == 1 || gap < 1 ? first : first + " ".repeat(gap) + last;
  }
}
