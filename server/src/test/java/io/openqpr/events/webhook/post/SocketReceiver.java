package io.openqpr.events.webhook.post;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;

/// Takes connections on this machine and does with each what the test says.
final class SocketReceiver implements AutoCloseable {

  /// What is done with a connection whose request was read; it is closed afterwards.
  interface Behaviour {
    void answer(Socket socket) throws Exception;
  }

  final CountDownLatch over = new CountDownLatch(1);
  final List<String> requests = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final Behaviour behaviour;
  private final boolean reads;

  private SocketReceiver(ServerSocket server, Behaviour behaviour, boolean reads) {
    this.server = server;
    this.behaviour = behaviour;
    this.reads = reads;
    Thread.ofVirtual().start(this::accept);
  }

  static SocketReceiver start(Behaviour behaviour) {
    return start(ServerSocketFactory.getDefault(), behaviour);
  }

  /// Reads nothing of a request.
  static SocketReceiver unread(Behaviour behaviour) {
    return start(ServerSocketFactory.getDefault(), behaviour, false);
  }

  static SocketReceiver start(ServerSocketFactory sockets, Behaviour behaviour) {
    return start(sockets, behaviour, true);
  }

  private static SocketReceiver start(
      ServerSocketFactory sockets, Behaviour behaviour, boolean reads) {
    try {
      ServerSocket server = sockets.createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
      return new SocketReceiver(server, behaviour, reads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers with this text.
  static SocketReceiver answering(String text) {
    return start(socket -> write(socket, text));
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      if (!reads) {
        behaviour.answer(socket);
        return;
      }
      String request = request(socket.getInputStream());
      if (!request.isEmpty()) {
        requests.add(request);
        behaviour.answer(socket);
      }
    } catch (Exception e) {
      // the other side ended it
    }
  }

  /// Head and body of one request.
  static String request(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    String lower = text.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length:") + "content-length:".length();
    int length = Integer.parseInt(text.substring(at, text.indexOf("\r\n", at)).strip());
    return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    over.countDown();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
