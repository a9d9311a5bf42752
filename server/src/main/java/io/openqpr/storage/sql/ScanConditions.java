package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;

import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.ScanRange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jooq.Condition;

/// What is asked of scans, in SQL; of ignored hits too, whose rows are those of scans.
public final class ScanConditions {

  private ScanConditions() {}

  static Condition matches(ScanFilter filter) {
    Condition matches = Scans.ACCOUNT.eq(filter.account());
    if (filter.code() != null) {
      matches = matches.and(Scans.CODE.eq(filter.code()));
    }
    if (filter.since() != null) {
      matches = matches.and(Scans.SCANNED_AT.gt(filter.since().toEpochMilli()));
    }
    if (filter.until() != null) {
      matches = matches.and(Scans.SCANNED_AT.lt(roundedUp(filter.until())));
    }
    return matches.and(VisitConditions.matches(columns(filter), filter.visit()));
  }

  private static TraitColumns columns(ScanFilter filter) {
    return new TraitColumns(
        filter.account(),
        filter.since() == null ? Long.MIN_VALUE : filter.since().toEpochMilli(),
        filter.until() == null ? Long.MAX_VALUE : roundedUp(filter.until()));
  }

  /// Scans have whole milliseconds: what is before a time between two includes the first of them.
  public static long roundedUp(Instant time) {
    Instant floor = time.truncatedTo(ChronoUnit.MILLIS);
    return floor.toEpochMilli() + (floor.equals(time) ? 0 : 1);
  }

  /// Values stand in the text instead of being bound: the statement is planned anew each time
  /// anyway.
  static Condition matches(ScanRange question) {
    Condition matches =
        Scans.ACCOUNT
            .eq(inline(question.account()))
            .and(Scans.SCANNED_AT.ge(inline(question.from().toEpochMilli())))
            .and(Scans.SCANNED_AT.lt(inline(question.until().toEpochMilli())));
    if (question.code() != null) {
      matches = matches.and(Scans.CODE.eq(inline(question.code())));
    }
    return matches.and(VisitConditions.matches(columns(question), question.visit()));
  }

  static TraitColumns columns(ScanRange question) {
    return new TraitColumns(
        question.account(), question.from().toEpochMilli(), question.until().toEpochMilli());
  }

  /// Rows that come after the cursor, newest first.
  public static Condition behind(PageRequest.Behind cursor) {
    long time = cursor.time().toEpochMilli();
    return Scans.SCANNED_AT.le(time).and(Scans.SCANNED_AT.lt(time).or(Scans.ID.lt(cursor.id())));
  }
}
