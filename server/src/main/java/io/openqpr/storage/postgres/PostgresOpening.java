package io.openqpr.storage.postgres;

import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.sql.Migrations;
import io.openqpr.storage.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;

/// Connects, and says in words for an operator why that is not possible. Nothing is created then.
final class PostgresOpening {

  private static final Migrations MIGRATIONS =
      new Migrations(
          List.of(
              "001_tables.sql",
              "001_postgres.sql",
              "002_visits.sql",
              "002_postgres.sql",
              "003_rules.sql",
              "004_request_counts.sql",
              "005_jobs.sql",
              "006_retention.sql",
              "007_counts_postgres.sql",
              "008_indexes_postgres.sql",
              "009_journal_tokens.sql",
              "010_feed.sql",
              "010_feed_postgres.sql",
              "011_webhooks.sql",
              "011_webhooks_postgres.sql"));

  private static final int OLDEST_VERSION = 150_000;

  private PostgresOpening() {}

  static Postgres open(PostgresUrl url) {
    Postgres database = connect(url);
    try {
      database.read(sql -> checked(sql, url));
      if (database.isOnCitus() && database.read(Citus::isWorker)) {
        throw new CannotStartException(
            "the database %s is a worker of Citus; give the URL of the coordinator".formatted(url));
      }
      MIGRATIONS.run(database, url.toString());
      if (database.isOnCitus()) {
        Citus.distribute(database);
      }
      return database;
    } catch (StoreException e) {
      database.close();
      throw new CannotStartException(why(url, e));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Postgres connect(PostgresUrl url) {
    try {
      return Postgres.open(url);
    } catch (RuntimeException e) {
      throw new CannotStartException(why(url, e));
    }
  }

  private static String why(PostgresUrl url, RuntimeException e) {
    SQLException cause = PostgresErrors.sqlException(e);
    if (PostgresErrors.isOutOfLocks(cause)) {
      return "the database %s has no room for more locks: set max_locks_per_transaction = 256 in its postgresql.conf (64 is the default), with Citus on each worker too, and start it again"
          .formatted(url);
    }
    Throwable root = cause == null ? e : cause;
    String said = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return "the database %s cannot be used: %s".formatted(url, said);
  }

  private static int checked(DSLContext sql, PostgresUrl url) {
    int version = Integer.parseInt(one(sql, "show server_version_num"));
    if (version < OLDEST_VERSION) {
      throw new CannotStartException(
          "the database %s is PostgreSQL %d; OpenQPR needs 15 or newer"
              .formatted(url, version / 10_000));
    }
    if (one(sql, "select pg_is_in_recovery()::text").equals("true")) {
      throw new CannotStartException(
          "the database %s is a read-only replica; give the URL of the one that takes writes"
              .formatted(url));
    }
    if (!one(sql, "show server_encoding").equals("UTF8")) {
      throw new CannotStartException(
          "the database %s holds %s, which has not all letters; make one with the encoding UTF8"
              .formatted(url, one(sql, "show server_encoding")));
    }
    boolean ours =
        one(sql, "select (to_regclass('schema_version') is not null)::text").equals("true");
    String tables =
        one(sql, "select count(*)::text from pg_tables where schemaname = current_schema()");
    if (!ours && !tables.equals("0")) {
      throw new CannotStartException(
          "the database %s has tables of another program; make an empty one for OpenQPR"
              .formatted(url));
    }
    return version;
  }

  private static String one(DSLContext sql, String question) {
    return String.valueOf(sql.fetchValue(question));
  }
}
