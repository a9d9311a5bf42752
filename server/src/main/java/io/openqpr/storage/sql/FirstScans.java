package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.values;

import io.openqpr.model.Scan;
import io.openqpr.storage.sql.Schema.Codes;
import io.openqpr.storage.sql.Schema.Scans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jooq.Row2;
import org.jooq.impl.SQLDataType;

/// Keeps [io.openqpr.model.QprCode#scansSince] true when scans come that are older than their code,
/// and when the first ones go.
public final class FirstScans {

  private FirstScans() {}

  /// @param scans that are added in the same transaction
  public static void moveBack(DSLContext sql, Collection<Scan> scans) {
    var first = new HashMap<Integer, Long>();
    for (Scan scan : scans) {
      first.merge(scan.code().number(), scan.scannedAt().toEpochMilli(), Math::min);
    }
    for (List<First> some : Chunks.of(earlierThanKnown(sql, first))) {
      write(sql, some);
    }
  }

  /// Codes that began with a scan that is gone begin with the first that is left, or with their
  /// creation. To be called in the transaction in which scans of the account went.
  ///
  /// @param before codes that begin later are left as they are
  static void moveForward(DSLContext sql, int account, Instant before) {
    List<Record3<Integer, Long, Long>> imported =
        sql.select(Codes.NUMBER, Codes.SCANS_SINCE, Codes.CREATED_AT)
            .from(Codes.TABLE)
            .where(
                Codes.ACCOUNT.eq(account),
                Codes.SCANS_SINCE.lt(Codes.CREATED_AT),
                Codes.SCANS_SINCE.lt(before.toEpochMilli()))
            .fetch();
    for (List<Record3<Integer, Long, Long>> some : Chunks.of(imported)) {
      List<First> later = later(sql, account, some);
      if (!later.isEmpty()) {
        write(sql, later);
      }
    }
  }

  private static List<First> later(
      DSLContext sql, int account, List<Record3<Integer, Long, Long>> codes) {
    var still =
        new HashSet<First>(
            sql.selectDistinct(Scans.CODE, Scans.SCANNED_AT)
                .from(Scans.TABLE)
                .where(
                    Scans.ACCOUNT.eq(account),
                    Scans.CODE.in(codes.stream().map(Record3::value1).toList()),
                    Scans.SCANNED_AT.in(codes.stream().map(Record3::value2).toList()))
                .fetch(row -> new First(row.value1(), row.value2())));
    var begin = new HashMap<Integer, Long>();
    for (Record3<Integer, Long, Long> code : codes) {
      if (!still.contains(new First(code.value1(), code.value2()))) {
        begin.put(code.value1(), code.value3());
      }
    }
    if (begin.isEmpty()) {
      return List.of();
    }
    sql.select(Scans.CODE, min(Scans.SCANNED_AT))
        .from(Scans.TABLE)
        .where(Scans.ACCOUNT.eq(account), Scans.CODE.in(begin.keySet()))
        .groupBy(Scans.CODE)
        .forEach(left -> begin.merge(left.value1(), left.value2(), Math::min));
    return begin.entrySet().stream().map(e -> new First(e.getKey(), e.getValue())).toList();
  }

  private record First(int code, long millis) {}

  /// Nearly always none: so the codes are read first, which is cheap, and seldom written.
  private static List<First> earlierThanKnown(DSLContext sql, Map<Integer, Long> first) {
    if (first.isEmpty()) {
      return List.of();
    }
    var codes = first.keySet().stream().mapToInt(Integer::intValue).summaryStatistics();
    long earliest = first.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    var earlier = new ArrayList<First>();
    sql.select(Codes.NUMBER, Codes.SCANS_SINCE)
        .from(Codes.TABLE)
        .where(Codes.NUMBER.between(codes.getMin(), codes.getMax()), Codes.SCANS_SINCE.gt(earliest))
        .forEach(known -> {
          Long millis = first.get(known.value1());
          if (millis != null && millis < known.value2()) {
            earlier.add(new First(known.value1(), millis));
          }
        });
    return earlier;
  }

  private static void write(DSLContext sql, List<First> firsts) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Row2<Integer, Long>[] rows =
        firsts.stream().map(f -> row(inline(f.code()), inline(f.millis()))).toArray(Row2[]::new);
    sql.update(Codes.TABLE)
        .set(Codes.SCANS_SINCE, field(name("firsts", "since"), SQLDataType.BIGINT))
        .from(values(rows).as("firsts", "code", "since"))
        .where(Codes.NUMBER.eq(field(name("firsts", "code"), SQLDataType.INTEGER)))
        .execute();
  }
}
