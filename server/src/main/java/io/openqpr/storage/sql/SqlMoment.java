package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;

import io.openqpr.model.IgnoreReason;
import io.openqpr.storage.sql.Schema.IgnoredHits;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.Breakdown;
import io.openqpr.storage.store.BreakdownQuestion;
import io.openqpr.storage.store.Counts;
import io.openqpr.storage.store.HitStore.HitCount;
import io.openqpr.storage.store.Moment;
import io.openqpr.storage.store.ScanRange;
import io.openqpr.storage.store.Tally;
import io.openqpr.storage.store.TallyQuestion;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;

/// Questions in one transaction that sees one moment.
///
/// @param keepsRowsOfACode as [SqlScans#keepsRowsOfACode]
record SqlMoment(DSLContext sql, CodeRefs refs, boolean keepsRowsOfACode) implements Moment {

  @Override
  public Tally tally(TallyQuestion question) {
    return SqlTally.ask(sql, refs, question, question.code() != null && keepsRowsOfACode);
  }

  @Override
  public List<HitCount> hits(TallyQuestion question) {
    var formula = SliceFormula.of(question);
    return sql.select(formula.slice(), IgnoredHits.REASON, RowCount.rows())
        .from(IgnoredHits.TABLE)
        .where(ScanConditions.matches(question.scans()))
        .groupBy(formula.slice(), IgnoredHits.REASON)
        .fetch(row ->
            new HitCount(
                row.value1() - formula.bias(), IgnoreReason.of(row.value2()), row.value3()));
  }

  @Override
  public Counts counts(ScanRange scans) {
    return SqlCounts.of(sql, ScanConditions.matches(scans));
  }

  @Override
  public Counts counts(ScanRange scans, long devices) {
    return SqlCounts.of(sql, ScanConditions.matches(scans), inline(devices));
  }

  @Override
  public Breakdown breakdown(BreakdownQuestion question) {
    return SqlBreakdown.ask(sql, refs, question);
  }

  @Override
  public SortedMap<Integer, Long> conversationsByMessages(ScanRange scans) {
    return new TreeMap<>(
        sql.select(Scans.MESSAGES, RowCount.rows())
            .from(Scans.TABLE)
            .where(ScanConditions.matches(scans), Scans.CONVERSATION.gt(0))
            .groupBy(Scans.MESSAGES)
            .fetchMap(row -> row.value1(), row -> row.value2()));
  }

  @Override
  public long newest(ScanRange scans) {
    Long newest =
        sql.select(max(Scans.SCANNED_AT))
            .from(Scans.TABLE)
            .where(ScanConditions.matches(scans))
            .fetchSingle()
            .value1();
    return newest == null ? Long.MIN_VALUE : newest;
  }
}
