package io.openqpr.web.wire;

import io.openqpr.platform.HeapShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How many connections are taken at once.
///
/// @param why what sets the limit, for the operator; empty where it is the usual one
public record Capacity(int connections, String why) {

  /// For a port that only an operator's tools know.
  public static final Capacity FEW = new Capacity(32, "");

  private static final int MOST = 16_000;

  /// Of the heap, for a connection that waits: its buffer, its thread, its place in lists.
  private static final int BYTES_EACH = 4 * 1024;

  /// Left to the store, the journal and the program's own files.
  private static final int FEWEST_FILES_LEFT = 100;

  private static final int MOST_FILES_LEFT = 1_000;
  private static final String LINE = "Max open files";

  /// Of this process, where the system tells.
  public static Capacity ofProcess() {
    return of(openFiles(), HeapShare.CONNECTIONS.bytes());
  }

  static Capacity of(long files, long heapBytes) {
    long left = Math.clamp(files / 4, FEWEST_FILES_LEFT, MOST_FILES_LEFT);
    long byFiles = Math.max(1, files - left);
    long byHeap = heapBytes / BYTES_EACH;
    if (MOST <= Math.min(byFiles, byHeap)) {
      return new Capacity(MOST, "");
    }
    return byFiles <= byHeap
        ? new Capacity(
            (int) byFiles, "the system lets this process open %,d files".formatted(files))
        : new Capacity((int) byHeap, "the heap has room for no more");
  }

  private static long openFiles() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
        if (line.startsWith(LINE)) {
          return Long.parseLong(line.substring(LINE.length()).strip().split(" ", 2)[0]);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not Linux, or unlimited.
    }
    return Long.MAX_VALUE;
  }
}
