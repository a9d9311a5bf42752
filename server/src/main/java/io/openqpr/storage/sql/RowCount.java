package io.openqpr.storage.sql;

import io.openqpr.storage.sql.Schema.Scans;
import java.util.Collection;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// `count(*)`. jOOQ's own is an int, which more than 2,147,483,647 rows do not fit.
public final class RowCount {

  private RowCount() {}

  /// Of the rows of a question, or of each of its groups.
  public static Field<Long> rows() {
    return DSL.count().coerce(SQLDataType.BIGINT);
  }

  /// How many scans each of these codes has; those without scans are absent.
  static Map<Integer, Long> ofCodes(DSLContext sql, int account, Collection<Integer> codes) {
    return sql.select(Scans.CODE, rows())
        .from(Scans.TABLE)
        .where(Scans.ACCOUNT.eq(account), Scans.CODE.in(codes))
        .groupBy(Scans.CODE)
        .fetchMap(row -> row.value1(), row -> row.value2());
  }

  public static long of(DSLContext sql, Table<?> table, Condition matches) {
    return sql.select(rows()).from(table).where(matches).fetchSingle().value1();
  }
}
