package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.openqpr.platform.CannotStartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// Brings a store's tables up to what this version knows.
///
/// A store's version is how many scripts of the engine's list have been run on it; a list is only
/// ever appended to. Own code instead of a migration library: the usual ones add their whole start
/// to every start of the server, and do not know DuckDB.
public final class Migrations {

  private static final Table<?> VERSIONS = table(name("schema_version"));
  private static final Field<Integer> VERSION = field(name("version"), SQLDataType.INTEGER);

  private final List<String> scripts;

  /// @param scripts resource names beside this class, in order
  public Migrations(List<String> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  /// Runs what is missing, each script in a transaction of its own.
  ///
  /// @param where names the store in messages
  /// @throws CannotStartException when the store is newer than this list
  public void run(Database database, String where) {
    int version = database.write(Migrations::version);
    if (version > scripts.size()) {
      throw new CannotStartException(
          "%s was written by a newer OpenQPR (schema %d; this one knows %d); use that version, or another data directory"
              .formatted(where, version, scripts.size()));
    }
    for (int next = version + 1; next <= scripts.size(); next++) {
      int reached = next;
      String script = read(scripts.get(next - 1));
      database.migrate(sql -> {
        if (version(sql) >= reached) {
          return 0; // another server was faster
        }
        statements(script).forEach(sql::execute);
        return sql.update(VERSIONS).set(VERSION, reached).execute();
      });
    }
  }

  private static int version(DSLContext sql) {
    sql.execute("create table if not exists schema_version (version integer not null)");
    Integer version = sql.select(VERSION).from(VERSIONS).fetchOne(VERSION);
    if (version == null) {
      sql.insertInto(VERSIONS).set(VERSION, 0).execute();
      return 0;
    }
    return version;
  }

  /// Statements end with `;` at the end of a line.
  private static List<String> statements(String script) {
    return List.of(script.strip().split(";\\s*(\\R|$)"));
  }

  private static String read(String script) {
    try (InputStream in = Migrations.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
