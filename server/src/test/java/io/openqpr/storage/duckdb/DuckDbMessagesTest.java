package io.openqpr.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However a statement fails, what is told of it, down to the last cause, has no value of it.
class DuckDbMessagesTest {

  @TempDir Path directory;
  private DuckDb database;

  @BeforeEach
  void open() throws SQLException {
    database =
        DuckDb.open(Disk.ofMachine(), directory.resolve("test.duckdb"), DuckDbOptions.defaults());
    change("create table people (name varchar primary key, key bigint)");
    change("insert into people values ('Tell''Tale', 815)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into people values ('Tell''Tale', 4711081547)",
        "select 'Tell''Tale'::bigint where 4711081547 > 0",
        "select * from people where name = 'Tell''Tale' and nothing = 4711081547",
        "select 4711081547::int, 'Tell''Tale'",
        "select 4711081547 'Tell''Tale' of",
        "select error('is \"Tell''Tale\" 4711081547')",
      })
  void aFailedStatementIsToldWithoutItsValues(String statement) {
    assertThat(wholeTrace(told(statement))).doesNotContain("Tale", "Tell", "4711081547");
  }

  @Test
  void theStatementAndTheReasonAreTold() {
    assertThat(told("insert into people values ('Tell''Tale', 7)"))
        .hasMessageStartingWith("Constraint Error")
        .hasMessageEndingWith("in: insert into people values (??, ?)");
  }

  private int change(String statement) {
    return database.write(sql -> sql.execute(statement));
  }

  private StoreException told(String statement) {
    return catchThrowableOfType(StoreException.class, () -> change(statement));
  }

  private static String wholeTrace(Throwable error) {
    var text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
