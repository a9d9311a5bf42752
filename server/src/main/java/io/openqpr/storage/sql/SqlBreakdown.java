package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.select;

import io.openqpr.model.CodeRef;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.Breakdown;
import io.openqpr.storage.store.Breakdown.Row;
import io.openqpr.storage.store.BreakdownQuestion;
import io.openqpr.storage.store.BreakdownQuestion.Behind;
import io.openqpr.storage.store.Counts;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// A [Breakdown], in a statement for the page, one for what is unknown and, where the page leaves
/// anything out, one for that.
final class SqlBreakdown {

  private static final Field<Long> MEASURE = Schema.column("measure", SQLDataType.BIGINT);

  /// A rate is compared to the ninth place, in whole numbers, which all engines divide alike.
  private static final long RATE = 1_000_000_000;

  private final BreakdownQuestion question;
  private final Condition matches;
  private final List<Key<?>> keys = new ArrayList<>();

  private SqlBreakdown(BreakdownQuestion question) {
    this.question = question;
    this.matches = ScanConditions.matches(question.scans());
    TraitColumns columns = ScanConditions.columns(question.scans());
    for (Facet facet : question.by()) {
      keys.add(Key.of(columns.of(facet), "key_" + keys.size()));
    }
  }

  /// @param name of the column in which its values stand
  private record Key<T>(TraitColumn<T> column, Field<T> name) {

    static <T> Key<T> of(TraitColumn<T> column, String name) {
      return new Key<>(column, Schema.column(name, column.field().getDataType()));
    }

    SelectFieldOrAsterisk selected() {
      return column.field().as(name);
    }

    @Nullable String value(Record row) {
      T value = row.get(name);
      return value == null ? null : column.text().apply(value);
    }

    Condition is(Field<T> field, @Nullable String value) {
      return value == null ? field.isNull() : field.eq(column.stored().apply(value));
    }

    /// Absent ones come last.
    Condition isBehind(@Nullable String value) {
      return value == null
          ? inline(1).eq(inline(0))
          : ordered().gt(inline(column.stored().apply(value))).or(name.isNull());
    }

    @SuppressWarnings("unchecked")
    private Field<T> ordered() {
      return name.getType() == String.class
          ? (Field<T>) EngineField.byCodePoint((Field<String>) name)
          : name;
    }

    OrderField<?> order() {
      return ordered().asc().nullsLast();
    }
  }

  static Breakdown ask(DSLContext sql, CodeRefs refs, BreakdownQuestion question) {
    return new SqlBreakdown(question).ask(sql, refs);
  }

  private Breakdown ask(DSLContext sql, CodeRefs refs) {
    List<Row> rows = rows(sql);
    boolean more = rows.size() > question.limit();
    List<Row> page = more ? rows.subList(0, question.limit()) : rows;
    Counts unknown = SqlCounts.of(sql, matches.and(allAbsent()));
    boolean leavesOut = more || question.behind() != null;
    Counts other =
        leavesOut ? SqlCounts.of(sql, matches.and(not(allAbsent())).and(none(page))) : Counts.NONE;
    return new Breakdown(List.copyOf(page), more, unknown, other, codes(sql, refs, page));
  }

  private List<Row> rows(DSLContext sql) {
    var names = new ArrayList<SelectFieldOrAsterisk>();
    keys.forEach(key -> names.add(key.name()));
    var chosen = new ArrayList<SelectFieldOrAsterisk>();
    keys.forEach(key -> chosen.add(key.selected()));
    chosen.addAll(List.of(Scans.DEVICE_KEY, Scans.CONVERSATION, Scans.MESSAGES));
    var scans = select(chosen).from(Scans.TABLE).where(matches).asTable("chosen");
    var known = or(keys.stream().map(key -> key.name().isNotNull()).toList());
    var groups =
        select(names)
            .select(SqlCounts.fields())
            .from(scans)
            .where(known)
            .groupBy(keys.stream().map(Key::name).toList())
            .asTable("counted");
    var measured =
        select(names)
            .select(SqlCounts.names())
            .select(measure().as(MEASURE))
            .from(groups)
            .asTable("measured");
    var order = new ArrayList<OrderField<?>>();
    order.add(MEASURE.desc());
    keys.forEach(key -> order.add(key.order()));
    return sql.select(names)
        .select(SqlCounts.names())
        .select(MEASURE)
        .from(measured)
        .where(question.behind() == null ? noCondition() : behind(question.behind()))
        .orderBy(order)
        .limit(inline(question.limit() + 1))
        .fetch(row -> new Row(values(row), SqlCounts.read(row), row.get(MEASURE)));
  }

  private Field<Long> measure() {
    return switch (question.sort()) {
      case SCANS -> SqlCounts.SCANS;
      case SCANS_UNIQUE_DEVICES -> SqlCounts.DEVICES;
      case CONVERSATIONS -> SqlCounts.CONVERSATIONS;
      case CONVERSATION_RATE ->
          EngineField.quotient(SqlCounts.CONVERSATIONS.mul(inline(RATE)), SqlCounts.SCANS);
      case MESSAGES -> SqlCounts.MESSAGES;
    };
  }

  private List<@Nullable String> values(Record row) {
    var values = new ArrayList<@Nullable String>();
    keys.forEach(key -> values.add(key.value(row)));
    return values;
  }

  private Condition behind(Behind row) {
    Condition behind = inline(1).eq(inline(0));
    for (int i = keys.size() - 1; i >= 0; i--) {
      Key<?> key = keys.get(i);
      String value = row.values().get(i);
      behind = key.isBehind(value).or(named(key, value).and(behind));
    }
    return MEASURE.lt(inline(row.measure())).or(MEASURE.eq(inline(row.measure())).and(behind));
  }

  private static <T> Condition named(Key<T> key, @Nullable String value) {
    return key.is(key.name(), value);
  }

  private static <T> Condition has(Key<T> key, @Nullable String value) {
    return key.is(key.column().field(), value);
  }

  private Condition allAbsent() {
    return and(keys.stream().map(key -> key.column().field().isNull()).toList());
  }

  /// Scans of none of these rows. Of what is absent no comparison is true, nor false.
  private Condition none(List<Row> rows) {
    if (keys.size() == 1) {
      return rows.isEmpty() ? noCondition() : not(in(keys.getFirst(), rows));
    }
    return and(rows.stream().map(row -> not(isRow(row))).toList());
  }

  private static <T> Condition in(Key<T> key, List<Row> rows) {
    return key.column()
        .field()
        .in(
            rows.stream()
                .map(row -> key.column().stored().apply(String.valueOf(row.values().getFirst())))
                .toList());
  }

  private Condition isRow(Row row) {
    var same = new ArrayList<Condition>();
    for (int i = 0; i < keys.size(); i++) {
      Condition has = has(keys.get(i), row.values().get(i));
      same.add(
          row.values().get(i) == null ? has : has.and(keys.get(i).column().field().isNotNull()));
    }
    return and(same);
  }

  private Map<String, String> codes(DSLContext sql, CodeRefs refs, List<Row> rows) {
    var ids = new HashMap<String, String>();
    for (int i = 0; i < question.by().size(); i++) {
      if (question.by().get(i).trait() == Trait.QPR_CODE_ID) {
        int at = i;
        List<Integer> numbers =
            rows.stream()
                .map(row -> Integer.valueOf(String.valueOf(row.values().get(at))))
                .toList();
        Function<Integer, CodeRef> byNumber = refs.of(sql, numbers);
        numbers.forEach(n -> ids.put(String.valueOf(n), byNumber.apply(n).id().text()));
      }
    }
    return ids;
  }
}
