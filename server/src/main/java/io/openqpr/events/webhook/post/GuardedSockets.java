package io.openqpr.events.webhook.post;

import io.openqpr.events.webhook.guard.TargetGuard;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import org.apache.hc.client5.http.io.DetachedSocketFactory;

/// Sockets that ask the guard once more, of who is really at the other end, before a byte is sent.
final class GuardedSockets implements DetachedSocketFactory {

  private final TargetGuard guard;

  GuardedSockets(TargetGuard guard) {
    this.guard = guard;
  }

  /// Somebody else is at the other end than was asked for.
  static final class RefusedPeerException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Socket create(Proxy none) {
    return new Socket() {
      @Override
      public void connect(SocketAddress endpoint, int timeout) throws IOException {
        Trace trace = Trace.CURRENT.get();
        trace.connecting();
        super.connect(endpoint, timeout);
        if (!guard.allows(getInetAddress())) {
          close();
          throw new RefusedPeerException();
        }
        trace.connected();
      }
    };
  }
}
