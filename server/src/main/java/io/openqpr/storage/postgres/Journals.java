package io.openqpr.storage.postgres;

import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.JournalTakenException;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How far each journal has been applied, where transactions are visible at once and on disk a
/// little later. A crash of the database may so take a journal's position back, together with the
/// rows; each move says from where, so that one which starts from a lost place does not happen.
final class Journals {

  private static final String SETTLED =
      """
      insert into journals (name, position) values (?, 0)
      on conflict (name) do update set position = journals.position
      returning position, line, token\
      """;

  /// Those that hold the journal's lock, which is the first thing a move takes.
  private static final String END_OTHERS =
      """
      select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and granted and classid = 2 and objsubid = 2
      and objid = %s and pid <> pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())\
      """;

  private static final String LOCK = "select pg_advisory_xact_lock(2, %d); ";

  /// With what comes before and behind it one text, one round trip.
  private static final String MOVE =
      "update journals set position = ? where name = ? and position = ?"
          + " and token is not distinct from ?::varchar; ";

  /// On disk before the journal relies on it, as in [#SETTLED]: so are all connections set.
  private static final String TAKEN =
      """
      insert into journals (name, position, token) values (?, 0, ?)
      on conflict (name) do update set token = excluded.token
      where journals.token is not distinct from ?::varchar\
      """;

  /// Told to whoever follows the feed when the transaction is committed.
  private static final String TOLD =
      "select pg_notify('%s', '%s ' || line) from journals where name = ?; "
          .formatted(Announcements.CHANNEL, Change.Kind.FEED);

  /// Over several machines rows may be seen later than the position that is moved with them.
  private static final String NOT_YET_TOLD =
      "update journals set told = coalesce(told, position) where name = ?; ";

  private static final String TELL =
      "update journals set told = position where name = ? and told is distinct from position; ";

  private static final String NOT_YET_ON_DISK = "set local synchronous_commit = off; ";

  private final Map<String, Standing> last = new ConcurrentHashMap<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  /// @param line of the feed; never changed
  record Standing(long position, int line) {}

  /// The position, on disk once the transaction is committed: its commit is waited for, and what
  /// was written before it is on disk before it.
  ///
  /// A transaction whose answer was lost may still be running: what it has done is certain only
  /// when it has ended. It might wait for ever for a connection that fell silent, so it is ended
  /// here.
  ///
  /// @throws JournalTakenException when another server has the journal: the position is its own
  Standing settled(Postgres.Session session, String journal) {
    session.sql().execute(END_OTHERS.formatted(Integer.toUnsignedString(journal.hashCode())));
    String text = LOCK.formatted(journal.hashCode()) + SETTLED;
    try (var statement = session.connection().prepareStatement(text)) {
      statement.setString(1, journal);
      statement.execute();
      statement.getMoreResults();
      try (var row = statement.getResultSet()) {
        row.next();
        String own = tokens.get(journal);
        if (own != null && !own.equals(row.getString(3))) {
          throw new JournalTakenException(journal);
        }
        return new Standing(row.getLong(1), row.getInt(2));
      }
    } catch (SQLException e) {
      throw PostgresErrors.translated(e);
    }
  }

  boolean isKnown(String journal) {
    return last.containsKey(journal);
  }

  /// As was told by a transaction that is committed.
  void stands(String journal, Standing told) {
    last.put(journal, told);
  }

  /// A known journal stands there, by a transaction that is committed.
  void standsAt(String journal, long position) {
    last.computeIfPresent(journal, (_, before) -> new Standing(position, before.line()));
  }

  /// The line of the feed of a known journal.
  int line(String journal) {
    return Objects.requireNonNull(last.get(journal)).line();
  }

  /// @throws JournalTakenException when somebody has taken it since `before` was read
  void take(Postgres.Session session, String journal, @Nullable String before, String token) {
    String text = LOCK.formatted(journal.hashCode()) + TAKEN;
    try (var statement = session.connection().prepareStatement(text)) {
      statement.setString(1, journal);
      statement.setString(2, token);
      statement.setString(3, before);
      statement.execute();
      statement.getMoreResults();
      if (statement.getUpdateCount() != 1) {
        throw new JournalTakenException(journal);
      }
    } catch (SQLException e) {
      throw PostgresErrors.translated(e);
    }
  }

  /// The token is committed.
  void isHeldBy(String journal, String token) {
    tokens.put(journal, token);
  }

  /// After a move that found no row.
  private RuntimeException notMoved(Postgres.Session session, String journal) {
    String held =
        session
            .sql()
            .fetchOptional("select token from journals where name = ?", journal)
            .map(row -> row.get(0, String.class))
            .orElse(null);
    return Objects.equals(held, tokens.get(journal))
        ? new StoreException(
            Kind.UNAVAILABLE, "the database lost its last moments: " + journal + " stood further")
        : new JournalTakenException(journal);
  }

  /// After the move is committed, where it was made with `onDisk`: the feed tells of it.
  void tell(Postgres.Session session, String journal) {
    try (var statement = session.connection().prepareStatement(TELL + TOLD)) {
      statement.setString(1, journal);
      statement.setString(2, journal);
      statement.execute();
    } catch (SQLException e) {
      throw PostgresErrors.translated(e);
    }
  }

  /// @param onDisk whether the commit of this transaction shall wait for the disk
  /// @return the time until which scans are counted, held for the scans that come now
  long move(Postgres.Session session, String journal, long position, boolean onDisk) {
    String text =
        LOCK.formatted(journal.hashCode())
            + (onDisk ? NOT_YET_TOLD : NOT_YET_ON_DISK)
            + MOVE
            + (onDisk ? "" : TOLD)
            + ScanCounts.HELD_UNTIL;
    try (var statement = session.connection().prepareStatement(text)) {
      int next = 1;
      if (onDisk) {
        statement.setString(next++, journal);
      }
      statement.setLong(next++, position);
      statement.setString(next++, journal);
      statement.setLong(next++, Objects.requireNonNull(last.get(journal)).position());
      statement.setString(next++, tokens.get(journal));
      if (!onDisk) {
        statement.setString(next, journal);
      }
      statement.execute();
      statement.getMoreResults();
      statement.getMoreResults();
      if (statement.getUpdateCount() != 1) {
        throw notMoved(session, journal);
      }
      if (!onDisk) {
        statement.getMoreResults();
      }
      statement.getMoreResults();
      statement.getMoreResults();
      try (var row = statement.getResultSet()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw PostgresErrors.translated(e);
    }
  }
}
