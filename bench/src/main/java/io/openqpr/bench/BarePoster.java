package io.openqpr.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// What to compare deliveries with: a client that only posts the same bytes again and again, over
/// connections that stay open, and looks at nothing but where an answer ends.
final class BarePoster {

  private static final int LONGEST_ANSWER = 4 * 1024;

  private BarePoster() {}

  /// @return posts a second
  static double rate(String url, byte[] body, int connections, Duration time)
      throws InterruptedException {
    URI target = URI.create(url);
    byte[] request = request(target, body);
    var posted = new LongAdder();
    long end = System.nanoTime() + time.toNanos();
    var threads = new Thread[connections];
    for (int i = 0; i < connections; i++) {
      threads[i] = Thread.startVirtualThread(() -> post(target, request, end, posted));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return posted.sum() * 1e9 / time.toNanos();
  }

  private static byte[] request(URI target, byte[] body) {
    byte[] head =
        """
        POST %s HTTP/1.1\r
        Host: 127.0.0.1\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(target.getPath(), body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  private static void post(URI target, byte[] request, long end, LongAdder posted) {
    byte[] answer = new byte[LONGEST_ANSWER];
    try (var socket = new Socket(target.getHost(), target.getPort())) {
      socket.setTcpNoDelay(true);
      while (System.nanoTime() < end) {
        socket.getOutputStream().write(request);
        readHead(socket.getInputStream(), answer);
        posted.increment();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The answer has no body.
  private static void readHead(InputStream in, byte[] answer) throws IOException {
    int length = 0;
    while (length < 4 || answer[length - 2] != '\r' || answer[length - 4] != '\r') {
      int read = in.read(answer, length, answer.length - length);
      if (read <= 0) {
        throw new IOException("the receiver closed the connection");
      }
      length += read;
    }
  }
}
