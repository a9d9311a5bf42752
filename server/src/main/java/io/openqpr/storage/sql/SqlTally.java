package io.openqpr.storage.sql;

import static io.openqpr.storage.sql.RowCount.rows;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;
import static org.jooq.impl.DSL.with;

import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.Tally;
import io.openqpr.storage.store.TallyQuestion;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record6;
import org.jooq.Select;
import org.jooq.TableLike;
import org.jooq.impl.SQLDataType;

/// All counts of one analytics answer, in one statement of several parts, each with rows of the
/// same six columns.
///
/// For one code the parts share one pass over the table, whose few rows are kept for them. For a
/// whole account keeping its rows would cost more than reading them again.
final class SqlTally {

  /// What a row counts.
  enum Part {
    SLICE,
    COUNTRY,
    CODE,
    DEVICES
  }

  static final Field<Integer> PART = Schema.column("part", SQLDataType.INTEGER);
  static final Field<Long> KEY = Schema.column("part_key", SQLDataType.BIGINT);
  static final Field<String> NAME = Schema.column("part_name", SQLDataType.VARCHAR);
  static final Field<Long> SCANS = Schema.column("scan_count", SQLDataType.BIGINT);
  static final Field<Long> CONVERSATIONS = Schema.column("conversation_count", SQLDataType.BIGINT);
  static final Field<Long> MESSAGES = Schema.column("message_count", SQLDataType.BIGINT);

  private static final String KEPT = "kept";

  private SqlTally() {}

  /// @param keepsRows whether the rows are read once and kept for all parts; not for a whole
  ///   account
  static Tally ask(DSLContext sql, CodeRefs refs, TallyQuestion question, boolean keepsRows) {
    var formula = SliceFormula.of(question);
    var rows = sql.fetch(statement(question, formula.slice(), keepsRows));
    return TallyRows.read(rows, formula.bias(), numbers -> refs.of(sql, numbers));
  }

  static Select<? extends Record6<Integer, Long, String, Long, Long, Long>> statement(
      TallyQuestion question, Field<Long> slice, boolean keepsRows) {
    Condition matches = ScanConditions.matches(question.scans());
    if (!keepsRows) {
      var parts =
          slices(Scans.TABLE, matches, slice)
              .unionAll(countries(Scans.TABLE, matches))
              .unionAll(devices(Scans.TABLE, matches));
      return question.code() == null ? parts.unionAll(codes(matches)) : parts;
    }
    var kept =
        name(KEPT)
            .asMaterialized(
                select(
                        slice.as(KEY),
                        Scans.COUNTRY,
                        Scans.DEVICE_KEY,
                        Scans.CONVERSATION,
                        Scans.MESSAGES)
                    .from(Scans.TABLE)
                    .where(matches));
    var rows = table(name(KEPT));
    var parts =
        slices(rows, noCondition(), KEY)
            .unionAll(countries(rows, noCondition()))
            .unionAll(devices(rows, noCondition()));
    return with(kept)
        .select(PART, KEY, NAME, SCANS, CONVERSATIONS, MESSAGES)
        .from(parts.asTable("parts"));
  }

  private static Select<Record6<Integer, Long, String, Long, Long, Long>> slices(
      TableLike<?> rows, Condition matches, Field<Long> slice) {
    return select(
            part(Part.SLICE),
            slice.as(KEY),
            noName(),
            scans(),
            sum(when(Scans.CONVERSATION.gt(inline(0)), inline(1)).otherwise(inline(0)))
                .cast(SQLDataType.BIGINT)
                .as(CONVERSATIONS),
            sum(Scans.MESSAGES).cast(SQLDataType.BIGINT).as(MESSAGES))
        .from(rows)
        .where(matches)
        .groupBy(slice);
  }

  private static Select<Record6<Integer, Long, String, Long, Long, Long>> countries(
      TableLike<?> rows, Condition matches) {
    return select(part(Part.COUNTRY), noKey(), Scans.COUNTRY.as(NAME), scans(), none(), none())
        .from(rows)
        .where(matches.and(Scans.COUNTRY.isNotNull()))
        .groupBy(Scans.COUNTRY)
        .orderBy(rows().desc(), Scans.COUNTRY)
        .limit(inline(Tally.TOP));
  }

  private static Select<Record6<Integer, Long, String, Long, Long, Long>> codes(Condition matches) {
    return select(
            part(Part.CODE),
            Scans.CODE.cast(SQLDataType.BIGINT).as(KEY),
            noName(),
            scans(),
            none(),
            none())
        .from(Scans.TABLE)
        .where(matches)
        .groupBy(Scans.CODE)
        .orderBy(rows().desc(), Scans.CODE)
        .limit(inline(Tally.TOP));
  }

  private static Select<Record6<Integer, Long, String, Long, Long, Long>> devices(
      TableLike<?> rows, Condition matches) {
    return select(
            part(Part.DEVICES),
            noKey(),
            noName(),
            countDistinct(Scans.DEVICE_KEY).cast(SQLDataType.BIGINT).as(SCANS),
            none(),
            none())
        .from(rows)
        .where(matches);
  }

  private static Field<Integer> part(Part part) {
    return inline(part.ordinal()).as(PART);
  }

  private static Field<Long> scans() {
    return rows().as(SCANS);
  }

  private static Field<Long> noKey() {
    return inline((Long) null, SQLDataType.BIGINT).as(KEY);
  }

  private static Field<String> noName() {
    return inline((String) null, SQLDataType.VARCHAR).as(NAME);
  }

  private static Field<Long> none() {
    return inline(0L);
  }
}
