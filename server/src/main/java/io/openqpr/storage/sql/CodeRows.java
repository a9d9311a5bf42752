package io.openqpr.storage.sql;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.CodeStatus;
import io.openqpr.model.QprCode;
import io.openqpr.model.ScannableCode;
import io.openqpr.model.Template;
import io.openqpr.storage.sql.Schema.Codes;
import io.openqpr.storage.store.CodeStore.NewCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Insert;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// How a code looks as a row.
public final class CodeRows {

  /// In the order of the table.
  static final List<Field<?>> COLUMNS =
      List.of(
          Codes.NUMBER,
          Codes.ACCOUNT,
          Codes.ID,
          Codes.SHORT_ID,
          Codes.NAME,
          Codes.PROMPT,
          Codes.WELCOME_MESSAGE,
          Codes.TEMPLATE,
          Codes.STATUS,
          Codes.CONVERSATION_URL,
          Codes.METADATA,
          Codes.CREATED_AT,
          Codes.UPDATED_AT,
          Codes.SCANS_SINCE);

  /// What whoever scans a code needs of it.
  static final List<Field<?>> SCANNABLE =
      List.of(
          Codes.NUMBER,
          Codes.ACCOUNT,
          Codes.ID,
          Codes.SHORT_ID,
          Codes.STATUS,
          Codes.NAME,
          Codes.WELCOME_MESSAGE,
          Codes.CONVERSATION_URL,
          Codes.METADATA);

  private CodeRows() {}

  /// A code that begins its life: active, not yet changed, without earlier scans.
  public static QprCode born(int number, NewCode code) {
    Instant createdAt = Instant.ofEpochMilli(code.createdAt().toEpochMilli());
    return new QprCode(
        new CodeRef(number, code.account(), code.id(), code.shortId()),
        code.name(),
        code.prompt(),
        code.welcomeMessage(),
        code.template(),
        CodeStatus.ACTIVE,
        code.conversationUrl(),
        code.metadata(),
        createdAt,
        createdAt,
        createdAt);
  }

  static QprCode read(Record row) {
    return new QprCode(
        ref(row),
        row.get(Codes.NAME),
        row.get(Codes.PROMPT),
        row.get(Codes.WELCOME_MESSAGE),
        template(row.get(Codes.TEMPLATE)),
        status(row),
        row.get(Codes.CONVERSATION_URL),
        row.get(Codes.METADATA),
        Instant.ofEpochMilli(row.get(Codes.CREATED_AT)),
        Instant.ofEpochMilli(row.get(Codes.UPDATED_AT)),
        Instant.ofEpochMilli(row.get(Codes.SCANS_SINCE)));
  }

  static ScannableCode scannable(Record row) {
    return new ScannableCode(
        ref(row),
        status(row),
        row.get(Codes.NAME),
        row.get(Codes.WELCOME_MESSAGE),
        row.get(Codes.CONVERSATION_URL),
        row.get(Codes.METADATA));
  }

  private static CodeStatus status(Record row) {
    return status(row.get(Codes.STATUS));
  }

  static CodeStatus status(String stored) {
    return CodeStatus.valueOf(stored.toUpperCase(Locale.ROOT));
  }

  static @Nullable Template template(@Nullable String stored) {
    return stored == null ? null : Template.valueOf(stored.toUpperCase(Locale.ROOT));
  }

  static void insert(DSLContext sql, QprCode code) {
    insertion(sql, code).execute();
  }

  static void insertAll(DSLContext sql, List<QprCode> codes) {
    for (List<QprCode> some : Chunks.of(codes)) {
      sql.batch(some.stream().map(code -> insertion(sql, code)).toList()).execute();
    }
  }

  private static Insert<?> insertion(DSLContext sql, QprCode code) {
    return sql.insertInto(Codes.TABLE)
        .set(Codes.NUMBER, code.ref().number())
        .set(Codes.ACCOUNT, code.ref().account())
        .set(Codes.ID, code.ref().id().text())
        .set(Codes.SHORT_ID, code.ref().shortId())
        .set(changeable(code))
        .set(Codes.CREATED_AT, code.createdAt().toEpochMilli());
  }

  static void update(DSLContext sql, QprCode code) {
    sql.update(Codes.TABLE)
        .set(changeable(code))
        .where(Codes.NUMBER.eq(code.ref().number()))
        .execute();
  }

  private static Map<Field<?>, @Nullable Object> changeable(QprCode code) {
    var values = new LinkedHashMap<Field<?>, @Nullable Object>();
    values.put(Codes.NAME, code.name());
    values.put(Codes.PROMPT, code.prompt());
    values.put(Codes.WELCOME_MESSAGE, code.welcomeMessage());
    values.put(Codes.TEMPLATE, stored(code.template()));
    values.put(Codes.STATUS, stored(code.status()));
    values.put(Codes.CONVERSATION_URL, code.conversationUrl());
    values.put(Codes.METADATA, code.metadata());
    values.put(Codes.UPDATED_AT, code.updatedAt().toEpochMilli());
    values.put(Codes.SCANS_SINCE, code.scansSince().toEpochMilli());
    return values;
  }

  static CodeRef ref(Record row) {
    return new CodeRef(
        row.get(Codes.NUMBER),
        row.get(Codes.ACCOUNT),
        new CodeId(row.get(Codes.ID)),
        row.get(Codes.SHORT_ID));
  }

  /// The lower-case name that is stored.
  public static @Nullable String stored(@Nullable Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT);
  }
}
