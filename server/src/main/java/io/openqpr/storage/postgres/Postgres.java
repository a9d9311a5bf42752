package io.openqpr.storage.postgres;

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
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.postgresql.PGConnection;

/// The database, through some connections for each kind of [Work]. Reads see one moment; changes of
/// accounts, keys and codes, which are few, take turns in the whole database; scans do not.
///
/// While the database is away, as the heartbeat tells, nobody waits for it: what is under way is
/// broken off, and what is asked is refused at once.
final class Postgres implements Database, AutoCloseable {

  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);
  private static final Duration NO_LIMIT = Duration.ZERO;

  /// With room to sort the device keys of a million scans; it is taken only by those who need it.
  private static final String READ =
      "set transaction isolation level repeatable read, read only; set local work_mem = '32MB'";

  /// The lock of all changes but scans: `openqpr` as a number.
  private static final long CHANGES = 0x6f70656e717072L;

  private static final String ALONE = "select pg_advisory_xact_lock(" + CHANGES + ")";

  private final Map<Work, Pool> pools;
  private final Heartbeat heartbeat;
  private final boolean onCitus;
  private final String read;

  private Postgres(Map<Work, Pool> pools, PostgresUrl url, boolean onCitus) {
    this.pools = pools;
    this.heartbeat = new Heartbeat(url, () -> pools.values().forEach(Pool::giveUp));
    this.onCitus = onCitus;
    this.read = onCitus ? READ + ConnectionSettings.READ_IN_PARALLEL : READ;
  }

  /// Connects, to fail at once.
  static Postgres open(PostgresUrl url) {
    var pools = new EnumMap<Work, Pool>(Work.class);
    try {
      for (Work work : Work.values()) {
        pools.put(work, Pool.open(url, work));
      }
      return new Postgres(pools, url, isOnCitus(Objects.requireNonNull(pools.get(Work.REQUESTS))));
    } catch (RuntimeException e) {
      pools.values().forEach(Pool::close);
      throw e;
    }
  }

  private static boolean isOnCitus(Pool pool) {
    try (Connection connection = pool.take()) {
      try {
        return inTransaction(connection, READ, session -> Citus.isIn(session.sql()));
      } finally {
        pool.giveBack(connection);
      }
    } catch (SQLException e) {
      throw PostgresErrors.translated(e);
    }
  }

  /// One connection, in a transaction: as itself, for what only PostgreSQL can, and for the shared
  /// SQL.
  record Session(Connection connection, PGConnection postgres, DSLContext sql) {}

  @Override
  public <T> T read(Function<DSLContext, T> questions) {
    return readTwice(Work.REQUESTS, questions);
  }

  @Override
  public <T> T lookUp(Function<DSLContext, T> questions) {
    return readTwice(Work.VISITORS, questions);
  }

  /// Asked once more when the first connection turns out to be dead: after a restart of the
  /// database there is none but those.
  private <T> T readTwice(Work kind, Function<DSLContext, T> questions) {
    try {
      return run(kind, read, session -> questions.apply(session.sql()));
    } catch (StoreException e) {
      if (e.kind() != Kind.UNAVAILABLE) {
        throw e;
      }
      return run(kind, read, session -> questions.apply(session.sql()));
    }
  }

  @Override
  public <T> T readAtLeisure(Function<DSLContext, T> questions) {
    return readTwice(Work.EXPORTS, questions);
  }

  @Override
  public <T> T follow(Function<DSLContext, T> questions) {
    return readTwice(Work.FEED, questions);
  }

  @Override
  public <T> T write(Function<DSLContext, T> changes) {
    return run(Work.REQUESTS, ALONE, session -> changes.apply(session.sql()));
  }

  /// Without the limit on silence too: an index over many millions of scans says nothing until it
  /// is there. The pool takes the connection back as it was.
  @Override
  public <T> T migrate(Function<DSLContext, T> changes) {
    return run(
        Work.REQUESTS,
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
    return append(Work.REQUESTS, changes);
  }

  <T> T append(Work kind, Function<Session, T> changes) {
    return run(kind, "", changes);
  }

  private <T> T run(Work kind, String begin, Function<Session, T> work) {
    Pool pool = Objects.requireNonNull(pools.get(kind));
    try {
      refuseWhileAway();
      try (Connection connection = pool.take()) {
        try {
          refuseWhileAway(); // it went away before this connection could be given up
          return inTransaction(connection, begin, work);
        } finally {
          pool.giveBack(connection);
        }
      }
    } catch (SQLException | DataAccessException | StoreException e) {
      pool.refusedOne();
      if (PostgresErrors.isOfADeadConnection(e) && isThere()) {
        pools.values().forEach(Pool::renew);
      }
      throw e instanceof StoreException told ? told : PostgresErrors.translated(e);
    }
  }

  private static <T> T inTransaction(Connection connection, String begin, Function<Session, T> work)
      throws SQLException {
    try {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      ConnectionSettings.check(postgres);
      DSLContext sql = Jooq.on(connection, SQLDialect.POSTGRES, STATEMENT_LIMIT);
      if (!begin.isEmpty()) {
        sql.execute(begin);
      }
      T result = work.apply(new Session(connection, postgres, sql));
      connection.commit();
      return result;
    } catch (RuntimeException | Error | SQLException e) {
      rollback(connection, e);
      throw e;
    }
  }

  private static void rollback(Connection connection, Throwable because) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  private void refuseWhileAway() {
    if (heartbeat.isAway()) {
      throw new StoreException(Kind.UNAVAILABLE, "the database does not answer");
    }
  }

  /// Whether the database is one over several machines.
  boolean isOnCitus() {
    return onCitus;
  }

  /// False while the database is away.
  boolean isThere() {
    return !heartbeat.isAway();
  }

  /// What was not answered, by kind of work.
  Map<String, LongSupplier> refused() {
    var refused = new TreeMap<String, LongSupplier>();
    pools.forEach((work, pool) -> refused.put(work.lane(), pool::refused));
    return refused;
  }

  @Override
  public void close() {
    heartbeat.close();
    pools.values().forEach(Pool::close);
  }
}
