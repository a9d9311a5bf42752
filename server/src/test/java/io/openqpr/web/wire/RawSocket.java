package io.openqpr.web.wire;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Bytes as they are over one connection, and what comes back, one answer at a time.
public final class RawSocket implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  public RawSocket(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /// @param text characters beyond ASCII go out as UTF-8
  public RawSocket send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /// What comes up to the empty line, with that line.
  public String head() throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("after: " + head);
      }
      head.append((char) b);
    }
    return head.toString();
  }

  /// An answer whose length is told: head and body.
  public String answer() throws IOException {
    String head = head();
    int at = head.indexOf("\r\nContent-Length: ");
    int from = at + "\r\nContent-Length: ".length();
    int length = at < 0 ? 0 : Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
    return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /// All that comes until the server ends the connection; fails when it does not.
  public String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
