package io.openqpr.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.openqpr.config.PostgresUrl;
import io.openqpr.store.StoreException;
import io.openqpr.store.StoreException.Kind;
import io.openqpr.store.sql.Database;
import io.openqpr.store.sql.Jooq;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
final class Postgres implements Database, AutoCloseable {

  private static final int CONNECTIONS = 16;

  /// How long somebody waits for a connection: people who scan are answered without it after this.
  private static final Duration CONNECTING = Duration.ofSeconds(1);

  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);

  /// After silence of so long a connection is taken for dead.
  private static final int SOCKET_SECONDS = 40;

  private static final String READ = "set transaction isolation level repeatable read, read only";

  /// The lock of all changes but scans: `openqpr` as a number.
  private static final long CHANGES = 0x6f70656e717072L;

  // Kept here: a logger that nobody holds forgets its level. What the pool tells comes to us as
  // errors too, and is told once.
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  static {
    POOL_LOG.setLevel(Level.OFF);
  }

  private final HikariDataSource pool;
  private final LongAdder refused = new LongAdder();

  private Postgres(HikariDataSource pool) {
    this.pool = pool;
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
    config.addDataSourceProperty("ApplicationName", "openqpr");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", String.valueOf(SOCKET_SECONDS));
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new Postgres(new HikariDataSource(config));
  }

  /// One connection, in a transaction: as itself, for what only PostgreSQL can, and for the shared
  /// SQL.
  record Session(Connection connection, PGConnection postgres, DSLContext sql) {}

  /// Asked once more when the first connection turns out to be dead: after a restart of the
  /// database the pool is full of those.
  @Override
  public <T> T read(Function<DSLContext, T> questions) {
    try {
      return readOnce(questions);
    } catch (StoreException e) {
      if (e.kind() != Kind.UNAVAILABLE) {
        throw e;
      }
      return readOnce(questions);
    }
  }

  private <T> T readOnce(Function<DSLContext, T> questions) {
    return run(READ, session -> questions.apply(session.sql()));
  }

  @Override
  public <T> T readAtLeisure(Function<DSLContext, T> questions) {
    return readOnce(questions);
  }

  @Override
  public <T> T write(Function<DSLContext, T> changes) {
    return run("select pg_advisory_xact_lock(" + CHANGES + ")", s -> changes.apply(s.sql()));
  }

  /// One durable transaction that may run beside any other.
  <T> T append(Function<Session, T> changes) {
    return run("", changes);
  }

  private <T> T run(String begin, Function<Session, T> work) {
    try (Connection connection = pool.getConnection()) {
      try {
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
      }
    } catch (SQLException | DataAccessException e) {
      throw evicting(Errors.translated(e));
    } catch (StoreException e) {
      throw evicting(e);
    }
  }

  /// Questions and changes that were not answered: no connection, no database, too slow.
  long refused() {
    return refused.sum();
  }

  /// Where one connection is dead, the others that wait in the pool likely are too.
  private StoreException evicting(StoreException e) {
    refused.increment();
    if (e.kind() == Kind.UNAVAILABLE) {
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
    pool.close();
  }
}
