package io.openqpr.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.postgres.CitusServer;
import io.openqpr.storage.postgres.PostgresStore;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.Slicing;
import io.openqpr.storage.store.TallyQuestion;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the machines of a Citus are asked: to count, or for the rows of a page; never for all rows.
class CitusPlansTest {

  private static final Pattern SCANS = Pattern.compile("\\bscans(_\\d+)?\\b");

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeAll
  static void where() {
    CitusServer.isOffered();
  }

  @Test
  void rawScansStayWhereTheyAre() throws SQLException {
    PostgresUrl url = PostgresUrl.parse(CitusServer.newSchema());
    PostgresStore.open(url).close();
    try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password())) {
      DSLContext sql = Jooq.on(connection, SQLDialect.POSTGRES, Duration.ofSeconds(30));
      List<Query> questions =
          List.of(
              tally(null),
              tally(7),
              sql.selectCount().from(Scans.TABLE).where(Scans.ACCOUNT.eq(1)),
              sql.select(ScanRows.COLUMNS)
                  .from(Scans.TABLE)
                  .where(Scans.ACCOUNT.eq(1))
                  .orderBy(Scans.SCANNED_AT.desc(), Scans.ID.desc())
                  .limit(50));
      for (Query question : questions) {
        List<String> asked = asked(sql, question);
        assertThat(asked).as("%s", question).isNotEmpty();
        assertThat(asked)
            .allSatisfy(
                text -> assertThat(text).containsAnyOf("count(", "sum(", "GROUP BY", "LIMIT"));
      }
    }
  }

  private static Query tally(@Nullable Integer code) {
    var slicing = new Slicing(86_400_000, List.of(new Slicing.Span(0, 0)));
    var question = new TallyQuestion(1, code, FROM, FROM.plusSeconds(2_592_000), slicing);
    var formula = SliceFormula.of(question);
    return SqlTally.statement(question, formula.slice(), false);
  }

  /// The statements that read scans on the machines, as the plan tells them. What only reads the
  /// result of such a one is left out: it is already counted.
  private static List<String> asked(DSLContext sql, Query question) {
    return sql
        .fetch("explain (verbose) " + sql.renderInlined(question))
        .map(row -> String.valueOf(row.get(0)).strip())
        .stream()
        .filter(line -> line.startsWith("Query:"))
        .filter(line -> SCANS.matcher(line).find())
        .toList();
  }
}
