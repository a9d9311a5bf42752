package io.openqpr.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However a statement fails, what is told of it, down to the last cause, has no value of it.
class PostgresMessagesTest {

  private static final String TELL_TALE = "Tell'Tale";
  private static final String QUOTED = "'Tell''Tale'";

  private final Postgres database =
      PostgresOpening.open(PostgresUrl.parse(PostgresServer.newDatabase()));

  @BeforeEach
  void make() {
    database.write(
        sql -> sql.execute("create table people (name varchar primary key, key bigint)"));
    database.write(sql -> sql.execute("insert into people values (" + QUOTED + ", 815)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into people values ('Tell''Tale', 4711081547)",
        "insert into people values (null, 4711081547) -- 'Tell''Tale'",
        "select 'Tell''Tale'::bigint where 4711081547 > 0",
        "select * from people where name = 'Tell''Tale' and nothing = 4711081547",
        "select 4711081547::int, 'Tell''Tale'",
        "select 4711081547 'Tell''Tale' of",
        "select 'Tell''Tale', 4711081547, pg_terminate_backend(pg_backend_pid())",
        "set local statement_timeout = 20; select 'Tell''Tale', 4711081547, pg_sleep(9)",
        "do $$ begin raise exception 'is \"Tell''Tale\" 4711081547'; end $$",
      })
  void aFailedStatementIsToldWithoutItsValues(String statement) {
    StoreException told = told(() -> database.append(session -> session.sql().execute(statement)));
    assertThat(wholeTrace(told)).doesNotContain("Tale", "Tell", "4711081547");
  }

  @Test
  void soIsACopyThatFails() {
    StoreException told =
        told(() ->
            database.append(session -> {
              try {
                return session
                    .postgres()
                    .getCopyAPI()
                    .copyIn("copy people from stdin", new StringReader(TELL_TALE + "\tnone\n"));
              } catch (Exception e) {
                throw PostgresErrors.translated(e);
              }
            }));
    assertThat(wholeTrace(told)).doesNotContain("Tale", "Tell").contains("bigint");
  }

  @Test
  void theStatementAndTheReasonAreTold() {
    StoreException told =
        told(() ->
            database.write(sql -> sql.execute("insert into people values (" + QUOTED + ", 7)")));
    assertThat(told.kind()).isEqualTo(Kind.BROKEN);
    assertThat(told)
        .hasMessageContaining("duplicate key value violates unique constraint")
        .hasMessageEndingWith("in: insert into people values (??, ?)");
  }

  private static StoreException told(Runnable work) {
    return catchThrowableOfType(StoreException.class, work::run);
  }

  private static String wholeTrace(Throwable error) {
    var text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
