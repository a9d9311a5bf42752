package io.openqpr.storage.sql;

import java.sql.Connection;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;

/// How jOOQ is used everywhere.
public final class Jooq {

  // Kept here: a logger that nobody holds forgets its level. It greets every database.
  private static final Logger LOG = Logger.getLogger("org.jooq");

  // It warns of every PostgreSQL but the newest; the oldest that will do is checked at the start.
  private static final Logger VERSIONS =
      Logger.getLogger("org.jooq.impl.DefaultExecuteContext.logVersionSupport");

  static {
    LOG.setLevel(Level.WARNING);
    VERSIONS.setLevel(Level.OFF);
    // Otherwise it prints a page about itself into the log of every start.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private Jooq() {}

  /// Statements on this connection; one that runs longer than the limit fails. The limit is in
  /// whole seconds.
  public static DSLContext on(Connection connection, SQLDialect dialect, Duration limit) {
    var settings =
        new Settings()
            .withQueryTimeout((int) limit.toSeconds())
            .withExecuteLogging(false)
            // Every question is another text anyway: preparing it first costs DuckDB a quarter of
            // a short question's time. jOOQ writes and escapes the values.
            .withStatementType(StatementType.STATIC_STATEMENT);
    return DSL.using(connection, dialect, settings);
  }
}
