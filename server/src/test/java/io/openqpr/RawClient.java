package io.openqpr;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Sends bytes as they are, however wrong, over one connection, which it opens again when the
/// server closed it.
final class RawClient implements AutoCloseable {

  private final int port;
  private Socket socket;
  private InputStream in;

  RawClient(int port) throws IOException {
    this.port = port;
    connect();
  }

  /// @param headers by lower-case name
  record Answer(int status, Map<String, String> headers, String body) {}

  /// @param withoutBody whether the answer has none whatever it says, as to HEAD
  Answer send(byte[] request, boolean withoutBody) throws IOException {
    try {
      socket.getOutputStream().write(request);
      return read(withoutBody);
    } catch (EOFException e) {
      // Closed between two requests: that is a server's right. A second time it is not.
      connect();
      socket.getOutputStream().write(request);
      return read(withoutBody);
    }
  }

  private void connect() throws IOException {
    close();
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  private Answer read(boolean withoutBody) throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    var headers = new HashMap<String, String>();
    String line;
    while (!(line = line()).isEmpty()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    boolean none = withoutBody || status == 204 || status == 304;
    String body = none ? "" : body(headers);
    if ("close".equalsIgnoreCase(headers.get("connection"))) {
      connect();
    }
    return new Answer(status, headers, body);
  }

  private String body(Map<String, String> headers) throws IOException {
    var body = new StringBuilder();
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      int size;
      while ((size = Integer.parseInt(line(), 16)) > 0) {
        body.append(text(size));
        line();
      }
      line();
    } else {
      body.append(text(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
    }
    return body.toString();
  }

  private String text(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    int b;
    while ((b = in.read()) != '\n') {
      if (b < 0) {
        throw new EOFException();
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
  }
}
