package io.openqpr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The network between a server and its database, or a client and its server, to be broken: it can
/// fall silent, as when packets are neither answered nor refused, forget connections, and cut them.
public final class Cable implements AutoCloseable {

  private final ServerSocket door;
  private final int databasePort;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private boolean silent; // guarded by this
  private volatile boolean answersLost;

  /// Leads to the database on this machine; [#port] is where it begins.
  public Cable(int databasePort) throws IOException {
    this.databasePort = databasePort;
    this.door = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /// Nothing passes from now on, no byte and no end of a connection; new connections are held too.
  public synchronized void fallSilent() {
    silent = true;
  }

  /// All passes again, also what was sent meanwhile.
  public synchronized void pass() {
    silent = false;
    notifyAll();
  }

  /// New connections pass; those of before stay silent for ever, without either side being told.
  synchronized void forgetConnections() {
    links.forEach(link -> link.forgotten = true);
    pass();
  }

  /// Cuts all connections: what the server sent has arrived, what the database answered in the last
  /// moments has not.
  public void cut(int losingAnswersMillis) throws InterruptedException {
    answersLost = true;
    Thread.sleep(losingAnswersMillis);
    links.forEach(Link::close);
    answersLost = false;
  }

  private void accept() {
    try {
      while (true) {
        var link = new Link(door.accept());
        links.add(link);
        Thread.ofVirtual().start(link::open);
      }
    } catch (IOException e) {
      // closed
    }
  }

  private synchronized void awaitPassage(Link link) {
    try {
      while ((silent || link.forgotten) && !door.isClosed()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    pass();
    links.forEach(Link::close);
  }

  private final class Link {
    private final Socket server;
    private final Socket database = new Socket();
    private volatile boolean forgotten;

    Link(Socket server) {
      this.server = server;
    }

    void open() {
      try {
        awaitPassage(this);
        database.connect(new InetSocketAddress("localhost", databasePort));
        database.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> carry(database, server, true));
        carry(server, database, false);
      } catch (IOException e) {
        close();
      }
    }

    private void carry(Socket from, Socket to, boolean answers) {
      try {
        copy(from.getInputStream(), to.getOutputStream(), answers);
      } catch (IOException e) {
        // an end too
      } finally {
        awaitPassage(this);
        close();
      }
    }

    private void copy(InputStream in, OutputStream out, boolean answers) throws IOException {
      var bytes = new byte[8_192];
      int count;
      while ((count = in.read(bytes)) >= 0) {
        awaitPassage(this);
        if (!answers || !answersLost) {
          out.write(bytes, 0, count);
        }
      }
    }

    void close() {
      links.remove(this);
      try {
        server.close();
        database.close();
      } catch (IOException e) {
        // it is gone
      }
    }
  }
}
