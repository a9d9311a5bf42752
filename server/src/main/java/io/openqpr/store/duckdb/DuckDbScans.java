package io.openqpr.store.duckdb;

import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.val;

import io.openqpr.model.Event;
import io.openqpr.model.Event.ConversationReported;
import io.openqpr.model.Event.ScanCaptured;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.store.sql.Schema.Codes;
import io.openqpr.store.sql.Schema.Journals;
import io.openqpr.store.sql.SqlScans;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/// Scans in DuckDB.
final class DuckDbScans extends SqlScans {

  private final DuckDb database;

  DuckDbScans(DuckDb database) {
    super(database);
    this.database = database;
  }

  @Override
  public void apply(String journal, long position, List<Event> events) {
    var scans = new ArrayList<Scan>(events.size());
    var reports = new LinkedHashMap<ScanId, ConversationReported>();
    for (Event event : events) {
      switch (event) {
        case ScanCaptured captured -> scans.add(captured.scan());
        case ConversationReported report ->
            reports.merge(report.scan(), report, DuckDbScans::merged);
      }
    }
    database.change(session -> {
      try {
        ScanAppender.append(session.connection(), scans);
      } catch (SQLException e) {
        throw Errors.translated(e);
      }
      Reports.write(session.sql(), reports.values());
      moveTo(session.sql(), journal, position);
      return position;
    });
  }

  @Override
  public void load(List<Scan> scans) {
    // Sorted, a code's scans lie together, and most blocks of the table need not be read for it.
    var sorted = new ArrayList<>(scans);
    sorted.sort(
        Comparator.comparingInt((Scan scan) -> scan.code().number())
            .thenComparing(Scan::scannedAt));
    var first = new HashMap<Integer, Long>();
    for (Scan scan : scans) {
      first.merge(scan.code().number(), scan.scannedAt().toEpochMilli(), Math::min);
    }
    database.change(session -> {
      try {
        ScanAppender.append(session.connection(), sorted);
      } catch (SQLException e) {
        throw Errors.translated(e);
      }
      moveBack(session.sql(), first);
      return sorted.size();
    });
  }

  private static void moveTo(DSLContext sql, String journal, long position) {
    int moved =
        sql.update(Journals.TABLE)
            .set(Journals.POSITION, position)
            .where(Journals.NAME.eq(journal))
            .execute();
    if (moved == 0) {
      sql.insertInto(Journals.TABLE)
          .set(Journals.NAME, journal)
          .set(Journals.POSITION, position)
          .execute();
    }
  }

  private static void moveBack(DSLContext sql, Map<Integer, Long> firstScans) {
    firstScans.forEach((code, time) ->
        sql.update(Codes.TABLE)
            .set(Codes.SCANS_SINCE, least(Codes.SCANS_SINCE, val(time)))
            .where(Codes.NUMBER.eq(code))
            .execute());
  }

  private static ConversationReported merged(ConversationReported a, ConversationReported b) {
    return new ConversationReported(
        a.scan(),
        a.account(),
        a.code(),
        a.scannedAtMillis(),
        a.conversation().merge(b.conversation()));
  }
}
