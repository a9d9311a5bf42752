package io.openqpr.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Server-sent events read from one answer, by one thread. An answer on which nothing comes any
/// more, not even a comment, is taken for broken.
final class EventLines implements AutoCloseable {

  /// Thrice as long as the server is ever silent.
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

  private final InputStream in;
  private final Thread watch;
  private volatile boolean silent;

  /// When the wait for a line began; 0 where nobody waits.
  private volatile long waitingSince;

  /// @param in closed with this
  EventLines(InputStream in) {
    this.in = new BufferedInputStream(in);
    this.watch = Thread.ofVirtual().name("stream-watch").start(() -> endWhenSilent(in));
  }

  /// The next that has a place; `null` at a proper end.
  ///
  /// @throws IOException when the line broke
  @Nullable StreamedEvent next() throws IOException {
    String place = "";
    String type = "";
    byte[] payload = new byte[0];
    for (byte[] line = line(); line != null; line = line()) {
      if (line.length == 0) {
        if (!place.isEmpty()) {
          return new StreamedEvent(place, type, payload);
        }
      } else if (startsWith(line, "id:")) {
        place = new String(value(line, 3), StandardCharsets.UTF_8);
      } else if (startsWith(line, "event:")) {
        type = new String(value(line, 6), StandardCharsets.UTF_8);
      } else if (startsWith(line, "data:")) {
        payload = value(line, 5);
      }
    }
    return null;
  }

  private static boolean startsWith(byte[] line, String field) {
    return line.length >= field.length()
        && new String(line, 0, field.length(), StandardCharsets.ISO_8859_1).equals(field);
  }

  private static byte[] value(byte[] line, int from) {
    int begin = from < line.length && line[from] == ' ' ? from + 1 : from;
    return Arrays.copyOfRange(line, begin, line.length);
  }

  private byte @Nullable [] line() throws IOException {
    waitingSince = System.nanoTime() | 1;
    try {
      var line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          return line.toByteArray();
        }
        if (line.size() == MAX_LINE_BYTES) {
          throw new IOException("a line of more than " + Text.bytes(MAX_LINE_BYTES));
        }
        line.write(next);
      }
    } catch (IOException e) {
      throw silent ? silence() : e;
    } finally {
      waitingSince = 0;
    }
    if (silent) {
      throw silence();
    }
    return null;
  }

  private static IOException silence() {
    return new IOException("nothing came for " + SILENCE.toSeconds() + " s");
  }

  private void endWhenSilent(InputStream answer) {
    try {
      while (true) {
        Thread.sleep(BETWEEN_LOOKS);
        long since = waitingSince;
        if (since != 0 && System.nanoTime() - since > SILENCE.toNanos()) {
          silent = true;
          answer.close();
          return;
        }
      }
    } catch (InterruptedException | IOException e) {
      // closed
    }
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    in.close();
  }
}
