package io.openqpr.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One connection with at most one request under way. Reads no more of an answer than the benchmark
/// needs: status, length, and the scan id in the `Location`.
final class Connection implements AutoCloseable {

  private static final byte[] HEADERS_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CHUNKED =
      "\r\ntransfer-encoding:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SCAN = "scan_".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final byte[] bytes = new byte[16 * 1024];
  private final ByteBuffer in = ByteBuffer.wrap(bytes);

  /// When the request under way was due, or sent: nanoseconds.
  long since;

  Connection(InetSocketAddress target, Selector selector) throws IOException {
    channel = SocketChannel.open(target);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /// Sends a whole request; they are small enough for any socket buffer.
  void send(ByteBuffer request, long dueNanos) throws IOException {
    since = dueNanos;
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  /// Reads what is there.
  ///
  /// @return the status when an answer is whole; 0 when more must come
  int receive(ScanIds scans) throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("the server closed the connection");
    }
    int length = in.position();
    int headersEnd = find(HEADERS_END, length);
    if (headersEnd < 0) {
      return 0;
    }
    if (find(CHUNKED, headersEnd + 2) >= 0) {
      throw new IOException("a chunked answer");
    }
    if (length < headersEnd + HEADERS_END.length + bodyLength(headersEnd + 2)) {
      return 0;
    }
    int status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    int scan = find(SCAN, headersEnd);
    if (status == 302 && scan >= 0) {
      scans.add(bytes, scan + SCAN.length);
    }
    in.clear();
    return status;
  }

  private int bodyLength(int end) {
    int at = find(LENGTH, end);
    int length = 0;
    for (int i = at + LENGTH.length; at >= 0 && bytes[i] != '\r'; i++) {
      length = bytes[i] == ' ' ? length : length * 10 + bytes[i] - '0';
    }
    return length;
  }

  /// Where the lower-case pattern begins, in any case of the text; -1 where it is not.
  private int find(byte[] pattern, int end) {
    for (int i = 0; i + pattern.length <= end; i++) {
      int j = 0;
      while (j < pattern.length && lower(bytes[i + j]) == pattern[j]) {
        j++;
      }
      if (j == pattern.length) {
        return i;
      }
    }
    return -1;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
