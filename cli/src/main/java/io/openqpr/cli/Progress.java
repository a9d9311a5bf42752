package io.openqpr.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// A line on stderr that tells how far a transfer is; silent where nobody watches.
final class Progress implements AutoCloseable {

  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
  private static final int BAR_COLUMNS = 24;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final int columns;
  private final long totalBytes;
  private final long started = System.nanoTime();
  private long drawn = started - REDRAW_NANOS;
  private long bytes;

  /// @param columns the screen's width; 0 where there is none
  /// @param totalBytes how many there will be; negative where that is not known
  Progress(PrintStream err, int columns, long totalBytes) {
    this.err = err;
    this.columns = columns;
    this.totalBytes = totalBytes;
  }

  void add(int more) {
    bytes += more;
    if (System.nanoTime() - drawn >= REDRAW_NANOS) {
      draw();
    }
  }

  /// All bytes have gone; what stays on the screen while the server works on.
  void complete() {
    draw();
  }

  private void draw() {
    drawn = System.nanoTime();
    if (columns > 0) {
      err.print(CLEAR_LINE + Text.cut(line(drawn - started), columns - 1));
      err.flush();
    }
  }

  long bytes() {
    return bytes;
  }

  String line(long nanos) {
    String rate = Text.bytes(Math.round(bytes / Math.max(0.001, nanos / 1e9))) + "/s";
    if (totalBytes <= 0) {
      return Text.bytes(bytes) + "  " + rate;
    }
    double part = Math.min(1, (double) bytes / totalBytes);
    return String.format(
        Locale.ROOT,
        "[%s] %3.0f %%  %s of %s  %s",
        Text.padRight(Chart.horizontalBar(part, BAR_COLUMNS), BAR_COLUMNS),
        Math.floor(part * 100),
        Text.bytes(bytes),
        Text.bytes(totalBytes),
        rate);
  }

  /// Leaves an empty line behind.
  @Override
  public void close() {
    if (columns > 0) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }
}
