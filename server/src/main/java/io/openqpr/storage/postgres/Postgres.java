package io.openqpr.storage.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.sql.Database;
import io.openqpr.storage.sql.Jooq;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.postgresql.PGConnection;

/// The database, through a pool of connections. Reads see one moment; changes of accounts, keys and
/// codes, which are few, take turns in the whole database; scans do not.
///
/// While the database is away, as the heartbeat tells, nobody waits for it: what is under way is
/// broken off, and what is asked is refused at once.
final class Postgres implements Database, AutoCloseable {

  private static final int CONNECTIONS = 16;

  /// How long somebody waits for a connection: people who scan are answered without it after this.
  private static final Duration CONNECTING = Duration.ofSeconds(1);

  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);
  private static final Duration NO_LIMIT = Duration.ZERO;

  /// After silence of so long a connection is taken for dead, though others answer.
  private static final int SOCKET_SECONDS = 40;

  /// Transactions of a server that fell silent end soon, and with them the locks they hold: left to
  /// itself, the database may not learn of a dead connection for hours.
  private static final String ABANDONED =
      """
      set idle_in_transaction_session_timeout = '10s';
      set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3\
      """;

  /// With room to sort the device keys of a million scans; it is taken only by those who need it.
  private static final String READ =
      "set transaction isolation level repeatable read, read only; set local work_mem = '32MB'";

  /// The lock of all changes but scans: `openqpr` as a number.
  private static final long CHANGES = 0x6f70656e717072L;

  private static final String ALONE = "select pg_advisory_xact_lock(" + CHANGES + ")";

  // Kept here: a logger that nobody holds forgets its level. What the pool tells comes to us as
  // errors too, and is told once.
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  static {
    POOL_LOG.setLevel(Level.OFF);
  }

  private final HikariDataSource pool;
  private final Heartbeat heartbeat;
  private final Set<Connection> underWay = ConcurrentHashMap.newKeySet();
  private final LongAdder refused = new LongAdder();

  private Postgres(HikariDataSource pool, PostgresUrl url) {
    this.pool = pool;
    this.heartbeat = new Heartbeat(url, this::giveUpConnections);
  }

  /// Connects once, to fail at once.
  static Postgres open(PostgresUrl url) {
    var config = new HikariConfig();
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setPoolName("openqpr");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(CONNECTING.toMillis());
    config.setValidationTimeout(500);
    config.setAutoCommit(false);
    config.setConnectionInitSql(ABANDONED);
    config.setIsolateInternalQueries(true); // commits the line above
    config.addDataSourceProperty("ApplicationName", "openqpr");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("loginTimeout", "2");
    config.addDataSourceProperty("socketTimeout", String.valueOf(SOCKET_SECONDS));
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new Postgres(new HikariDataSource(config), url);
  }

  /// One connection, in a transaction: as itself, for what only PostgreSQL can, and for the shared
  /// SQL.
  record Session(Connection connection, PGConnection postgres, DSLContext sql) {}

  /// Asked once more when the first connection turns out to be dead: after a restart of the
  /// database the pool is full of those.
  @Override
  public <T> T read(Function<DSLContext, T> questions) {
    try {
      return run(READ, session -> questions.apply(session.sql()));
    } catch (StoreException e) {
      if (e.kind() != Kind.UNAVAILABLE) {
        throw e;
      }
      return run(READ, session -> questions.apply(session.sql()));
    }
  }

  @Override
  public <T> T lookUp(Function<DSLContext, T> questions) {
    return read(questions);
  }

  @Override
  public <T> T readAtLeisure(Function<DSLContext, T> questions) {
    return read(questions);
  }

  @Override
  public <T> T write(Function<DSLContext, T> changes) {
    return run(ALONE, session -> changes.apply(session.sql()));
  }

  /// Without the limit on silence too: an index over many millions of scans says nothing until it
  /// is there. The pool takes the connection back as it was.
  @Override
  public <T> T migrate(Function<DSLContext, T> changes) {
    return run(
        "",
        session -> {
          DSLContext sql = Jooq.on(patient(session.connection()), SQLDialect.POSTGRES, NO_LIMIT);
          sql.execute(ALONE);
          return changes.apply(sql);
        });
  }

  private static Connection patient(Connection connection) {
    try {
      connection.setNetworkTimeout(Runnable::run, 0);
      return connection;
    } catch (SQLException e) {
      throw PostgresErrors.translated(e);
    }
  }

  @Override
  public void announce(DSLContext sql, Change.Kind kind, Collection<String> keys) {
    Announcements.send(sql, kind, keys);
  }

  /// One durable transaction that may run beside any other.
  <T> T append(Function<Session, T> changes) {
    return run("", changes);
  }

  private <T> T run(String begin, Function<Session, T> work) {
    try (Connection connection = connection()) {
      underWay.add(connection);
      try {
        refuseWhileAway(); // it went away before this connection could be given up
        DSLContext sql = Jooq.on(connection, SQLDialect.POSTGRES, STATEMENT_LIMIT);
        if (!begin.isEmpty()) {
          sql.execute(begin);
        }
        T result = work.apply(new Session(connection, connection.unwrap(PGConnection.class), sql));
        connection.commit();
        return result;
      } catch (RuntimeException | Error | SQLException e) {
        rollback(connection, e);
        throw e;
      } finally {
        underWay.remove(connection);
      }
    } catch (SQLException | DataAccessException e) {
      throw evicting(PostgresErrors.translated(e));
    } catch (StoreException e) {
      throw evicting(e);
    }
  }

  private Connection connection() throws SQLException {
    refuseWhileAway();
    return pool.getConnection();
  }

  private void refuseWhileAway() {
    if (heartbeat.isAway()) {
      throw new StoreException(Kind.UNAVAILABLE, "the database does not answer");
    }
  }

  private void giveUpConnections() {
    pool.getHikariPoolMXBean().softEvictConnections();
    for (Connection connection : underWay) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        // it has just come to its end
      }
    }
  }

  /// False while the database is away.
  boolean isThere() {
    return !heartbeat.isAway();
  }

  /// Questions and changes that were not answered: no connection, no database, too slow.
  long refused() {
    return refused.sum();
  }

  /// Where one connection is dead, the others that wait in the pool likely are too.
  private StoreException evicting(StoreException e) {
    refused.increment();
    if (e.kind() == Kind.UNAVAILABLE && isThere()) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    return e;
  }

  private static void rollback(Connection connection, Throwable because) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    heartbeat.close();
    pool.close();
  }
}
