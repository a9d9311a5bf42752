package io.openqpr.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntSupplier;

/// What a command reads and writes, and how wide that is.
///
/// @param outColumns the width of the screen that `out` is; 0 where it is a file or a pipe
/// @param errColumns the same for `err`
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    IntSupplier outColumns,
    IntSupplier errColumns) {

  private static final int USUAL_COLUMNS = 80;

  /// The terminal of this process. Output is UTF-8 whatever the locale says: names are.
  public static Terminal ofProcess() {
    return new Terminal(
        System.in,
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        System.getenv(),
        () -> columns(1),
        () -> columns(2));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
  }

  /// How wide a table may be: as the screen is; where there is none, as COLUMNS says, or as wide as
  /// it gets.
  int tableWidth() {
    int screen = outColumns.getAsInt();
    return screen > 0 ? screen : columnsSet(Integer.MAX_VALUE);
  }

  /// How wide a picture should be, which needs a width.
  int pictureWidth() {
    int screen = outColumns.getAsInt();
    return screen > 0 ? screen : columnsSet(USUAL_COLUMNS);
  }

  private int columnsSet(int otherwise) {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
      return columns > 0 ? columns : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /// One line on stderr, whatever came inside the text.
  void note(String text) {
    err.println("qpr: " + Text.printable(text));
    err.flush();
  }

  // Java cannot tell whether a stream is a terminal, nor its size. stty can, of what it inherits;
  // its answer comes back over the other of the two streams.
  private static int columns(int descriptor) {
    boolean out = descriptor == 1;
    var stty =
        new ProcessBuilder(
            "sh",
            "-c",
            out ? "exec 3>&2 2>/dev/null; stty size <&1 >&3" : "stty size <&2 2>/dev/null");
    stty.redirectOutput(out ? Redirect.INHERIT : Redirect.PIPE);
    stty.redirectError(out ? Redirect.PIPE : Redirect.INHERIT);
    try {
      Process process = stty.start();
      InputStream answer = out ? process.getErrorStream() : process.getInputStream();
      String text = new String(answer.readAllBytes(), StandardCharsets.US_ASCII).strip();
      return text.matches("\\d{1,9} \\d{1,9}") ? width(text) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  // A terminal that does not know its size says 0.
  private static int width(String rowsAndColumns) {
    int columns = Integer.parseInt(rowsAndColumns.substring(rowsAndColumns.indexOf(' ') + 1));
    return columns > 0 ? columns : USUAL_COLUMNS;
  }
}
