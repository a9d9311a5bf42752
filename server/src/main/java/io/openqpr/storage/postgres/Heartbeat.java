package io.openqpr.storage.postgres;

import io.openqpr.platform.DurableThread;
import io.openqpr.platform.config.PostgresUrl;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Asks the database next to nothing, twice a second, over a connection of its own: so it is known
/// soon when nothing answers any more, whether somebody else asks or not, and known to be back
/// without trying it with anybody's request.
///
/// A connection that is cut may be its own misfortune and is replaced; the database is away when
/// the new one fails too, or when there was no answer at all for [#SILENCE_SECONDS].
final class Heartbeat implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Heartbeat.class.getName());

  private static final Duration PAUSE = Duration.ofMillis(500);

  /// A database so busy that it takes longer for nothing is better left alone for a moment.
  private static final int SILENCE_SECONDS = 3;

  private final String url;
  private final Properties properties = new Properties();
  private final Runnable onAway;
  private final DurableThread thread;
  private @Nullable Connection connection;
  private volatile boolean away;
  private long awaySinceNanos;

  /// @param onAway called at each beat that fails, by the heart's thread, after [#isAway] tells
  Heartbeat(PostgresUrl url, Runnable onAway) {
    this.url = url.jdbcUrl();
    this.onAway = onAway;
    put("user", url.user());
    put("password", url.password());
    put("ApplicationName", "openqpr heartbeat");
    put("connectTimeout", String.valueOf(SILENCE_SECONDS));
    put("loginTimeout", String.valueOf(SILENCE_SECONDS));
    put("socketTimeout", String.valueOf(SILENCE_SECONDS));
    this.thread = DurableThread.start("postgres-heartbeat", this::beatAndPause);
  }

  private void put(String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  boolean isAway() {
    return away;
  }

  private boolean beatAndPause() throws InterruptedException {
    beat();
    Thread.sleep(PAUSE);
    return true;
  }

  private void beat() {
    try {
      ask();
    } catch (SQLException first) {
      if (first.getCause() instanceof SocketTimeoutException) {
        tellAway(first);
      }
      try {
        ask();
      } catch (SQLException second) {
        tellAway(second);
        return;
      }
    }
    tellBack();
  }

  private void ask() throws SQLException {
    try {
      Connection current = connection;
      if (current == null) {
        connection = current = DriverManager.getConnection(url, properties);
        try (Statement statement = current.createStatement()) {
          statement.execute(ConnectionSettings.APPLY);
        }
      }
      try (Statement statement = current.createStatement()) {
        statement.execute("select 1");
      }
    } catch (SQLException e) {
      disconnect();
      throw e;
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

  private void tellAway(SQLException why) {
    if (!away) {
      awaySinceNanos = System.nanoTime();
      away = true;
      LOG.log(Level.ERROR, "the database does not answer: " + why.getMessage());
    }
    onAway.run();
  }

  private void tellBack() {
    if (away) {
      away = false;
      long seconds = Duration.ofNanos(System.nanoTime() - awaySinceNanos).toSeconds();
      LOG.log(Level.INFO, "the database answers again, after " + seconds + " s");
    }
  }

  @Override
  public void close() {
    thread.close();
    disconnect();
  }
}
