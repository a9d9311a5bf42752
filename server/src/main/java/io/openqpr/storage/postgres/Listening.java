package io.openqpr.storage.postgres;

import io.openqpr.platform.DurableThread;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.Changes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// One thread with a connection of its own hears what the servers announce.
///
/// That it hears is proven a few times a second by a question that is answered: after silence
/// nothing old is trusted, whether the connection was cut, hangs, or this machine stood still. A
/// change is honoured within the longer of [#PROOF] and [#UNHEARD], so within a second.
final class Listening implements Changes, AutoCloseable {

  static final String APPLICATION = "openqpr-listening";

  private static final Logger LOG = System.getLogger(Listening.class.getName());

  /// What is heard of needs no limit, but for changes that somebody makes by hand.
  private static final Duration HEARD = Duration.ofMinutes(1);

  private static final Duration UNHEARD = Duration.ofMillis(500);

  /// How long one answer proves that everything is heard.
  private static final Duration PROOF = Duration.ofMillis(700);

  private static final Duration BETWEEN_PROOFS = Duration.ofMillis(150);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);
  private static final String SECONDS_OF_SILENCE = "2";

  private final PostgresUrl url;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final LongAdder heard = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private volatile long provenNanos = System.nanoTime() - PROOF.toNanos();
  private @Nullable DurableThread thread;
  private @Nullable Connection connection;
  private boolean failing;

  Listening(PostgresUrl url) {
    this.url = url;
  }

  @Override
  public synchronized void listen(Listener listener) {
    listeners.add(listener);
    if (thread == null) {
      thread = DurableThread.start("store-listening", this::hearSome);
    }
  }

  @Override
  public Duration trust() {
    return System.nanoTime() - provenNanos < PROOF.toNanos() ? HEARD : UNHEARD;
  }

  @Override
  public long heard() {
    return heard.sum();
  }

  @Override
  public long lost() {
    return lost.sum();
  }

  private boolean hearSome() throws InterruptedException {
    boolean heardAll = false;
    try {
      Connection current = connection;
      if (current == null) {
        connection = current = connect();
        try (Statement sql = current.createStatement()) {
          sql.execute(ConnectionSettings.APPLY);
          sql.execute("listen " + Announcements.CHANNEL);
        }
        listeners.forEach(Listener::missed);
        failing = false;
      }
      hear(current);
      heardAll = true;
    } catch (SQLException e) {
      if (!failing) {
        failing = true;
        lost.increment();
        LOG.log(
            Level.WARNING,
            "other servers' changes are not heard, and asked for instead, until the database is"
                + " back: "
                + e.getMessage());
      }
    } finally {
      // Whatever was in the middle: the next connection begins with all that was missed.
      if (!heardAll) {
        disconnect();
      }
    }
    if (!heardAll) {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    }
    return true;
  }

  private Connection connect() throws SQLException {
    var properties = new Properties();
    if (url.user() != null) {
      properties.setProperty("user", url.user());
    }
    if (url.password() != null) {
      properties.setProperty("password", url.password());
    }
    properties.setProperty("ApplicationName", APPLICATION);
    properties.setProperty("connectTimeout", SECONDS_OF_SILENCE);
    properties.setProperty("loginTimeout", SECONDS_OF_SILENCE);
    properties.setProperty("socketTimeout", SECONDS_OF_SILENCE);
    return DriverManager.getConnection(url.jdbcUrl(), properties);
  }

  private void hear(Connection from) throws SQLException {
    PGConnection notifying = from.unwrap(PGConnection.class);
    long asked = System.nanoTime();
    // Whatever was committed before this is with us when it is answered.
    try (Statement sql = from.createStatement()) {
      sql.execute("select 1");
    }
    tell(notifying.getNotifications());
    provenNanos = asked;
    tell(notifying.getNotifications((int) BETWEEN_PROOFS.toMillis()));
  }

  private void tell(PGNotification @Nullable [] notifications) {
    if (notifications == null) {
      return;
    }
    for (PGNotification notification : notifications) {
      for (Change change : Announcements.read(notification.getParameter())) {
        heard.increment();
        listeners.forEach(listener -> listener.changed(change));
      }
    }
  }

  private void disconnect() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // it is given up either way
    }
    connection = null;
  }

  /// Waits for the thread: a moment, or the seconds after which silence ends it.
  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.close();
      disconnect();
    }
  }
}
