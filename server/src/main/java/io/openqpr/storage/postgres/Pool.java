package io.openqpr.storage.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.openqpr.platform.config.PostgresUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Some connections for one kind of work.
final class Pool implements AutoCloseable {

  /// How long somebody waits for a connection: people who scan are answered without it after this.
  private static final Duration CONNECTING = Duration.ofSeconds(1);

  /// After silence of so long a connection is taken for dead, though others answer.
  private static final int SOCKET_SECONDS = 40;

  // Kept here: a logger that nobody holds forgets its level. What the pool tells comes to us as
  // errors too, and is told once.
  private static final Logger LOG = Logger.getLogger("com.zaxxer.hikari");

  static {
    LOG.setLevel(Level.OFF);
  }

  private final HikariDataSource source;
  private final Set<Connection> underWay = ConcurrentHashMap.newKeySet();
  private final LongAdder refused = new LongAdder();

  private Pool(HikariDataSource source) {
    this.source = source;
  }

  /// Connects once, to fail at once.
  static Pool open(PostgresUrl url, Work work) {
    var config = new HikariConfig();
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setPoolName("openqpr-" + work.lane());
    config.setMaximumPoolSize(work.connections());
    config.setConnectionTimeout(CONNECTING.toMillis());
    config.setValidationTimeout(500);
    config.setAutoCommit(false);
    config.setConnectionInitSql(ConnectionSettings.APPLY);
    config.setIsolateInternalQueries(true); // commits the line above
    config.addDataSourceProperty("ApplicationName", "openqpr");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("loginTimeout", "2");
    config.addDataSourceProperty("socketTimeout", String.valueOf(SOCKET_SECONDS));
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new Pool(new HikariDataSource(config));
  }

  /// To be given back by [#giveBack], and closed behind that.
  Connection take() throws SQLException {
    Connection connection = source.getConnection();
    underWay.add(connection);
    return connection;
  }

  void giveBack(Connection connection) {
    underWay.remove(connection);
  }

  /// Those that wait are given up, those in use when they come back: where one is dead, the others
  /// likely are too.
  void renew() {
    source.getHikariPoolMXBean().softEvictConnections();
  }

  /// As [#renew], and what is under way is broken off.
  void giveUp() {
    renew();
    for (Connection connection : underWay) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        // it has just come to its end
      }
    }
  }

  void refusedOne() {
    refused.increment();
  }

  /// Questions and changes that were not answered: no connection, no database, too slow.
  long refused() {
    return refused.sum();
  }

  @Override
  public void close() {
    source.close();
  }
}
