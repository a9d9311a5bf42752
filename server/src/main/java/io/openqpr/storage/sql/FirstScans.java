package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.values;

import io.openqpr.model.Scan;
import io.openqpr.storage.sql.Schema.Codes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Row2;
import org.jooq.impl.SQLDataType;

/// Keeps [io.openqpr.model.QprCode#scansSince] true when scans come that are older than their code.
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
