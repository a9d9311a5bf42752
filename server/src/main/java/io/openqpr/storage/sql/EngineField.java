package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.position;
import static org.jooq.impl.DSL.sql;

import io.openqpr.storage.store.JsonMember;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.impl.CustomField;
import org.jooq.impl.SQLDataType;

/// What engines write differently.
final class EngineField {

  private EngineField() {}

  /// Without the rest. jOOQ divides by `/` on DuckDB too, where that makes fractions.
  static Field<Long> quotient(Field<Long> number, long by) {
    return quotient(number, inline(by));
  }

  static Field<Long> quotient(Field<Long> number, Field<Long> by) {
    return either(
        SQLDataType.BIGINT, sql("divide({0}, {1})", number, by), sql("({0} / {1})", number, by));
  }

  /// A member of a JSON object, as [JsonMember] has it.
  static Field<String> member(Field<String> object, String member) {
    Field<String> path = inline("/" + member.replace("~", "~0").replace("/", "~1"));
    Field<String> key = inline(member);
    Field<String> whole = inline(JsonMember.WHOLE_NUMBER);
    Field<String> found =
        either(
            SQLDataType.VARCHAR,
            sql(
                "case json_type({0}, {1}) when 'VARCHAR' then json_extract_string({0}, {1})"
                    + " when 'BOOLEAN' then json_extract_string({0}, {1})"
                    + " else nullif(regexp_extract(json_extract_string({0}, {1}), {2}), '') end",
                object, path, whole),
            sql(
                "case json_typeof({0}::json -> {1}) when 'string' then {0}::json ->> {1}"
                    + " when 'boolean' then {0}::json ->> {1}"
                    + " when 'number' then substring({0}::json ->> {1} from {2}) end",
                object, key, whole));
    return org.jooq
        .impl
        .DSL
        .when(position(object, inline(JsonMember.NUL)).eq(0), found)
        .otherwise((String) null);
  }

  /// Ordered by code points, as Java and DuckDB do, whatever the database's own language.
  static Field<String> byCodePoint(Field<String> text) {
    return either(SQLDataType.VARCHAR, text, sql("({0} collate \"C\")", text));
  }

  private static <T> Field<T> either(
      org.jooq.DataType<T> type, QueryPart onDuckDb, QueryPart onPostgres) {
    return CustomField.of(
        "either",
        type,
        context -> context.visit(context.family() == SQLDialect.DUCKDB ? onDuckDb : onPostgres));
  }
}
