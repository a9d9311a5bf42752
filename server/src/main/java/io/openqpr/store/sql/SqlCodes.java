package io.openqpr.store.sql;

import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import io.openqpr.model.CodeId;
import io.openqpr.model.QprCode;
import io.openqpr.store.CodeStore;
import io.openqpr.store.sql.Schema.Codes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Codes, on any engine; how many at once are written is left to each.
public abstract class SqlCodes implements CodeStore {

  private final Database database;

  protected SqlCodes(Database database) {
    this.database = database;
  }

  @Override
  public final Optional<QprCode> create(NewCode code) {
    return database.write(sql -> {
      if (sql.fetchExists(Codes.TABLE, Codes.SHORT_ID.eq(code.shortId()))) {
        return Optional.empty();
      }
      QprCode born = CodeRows.born(nextNumber(sql), code);
      insert(sql, born);
      return Optional.of(born);
    });
  }

  /// The codes as they will be, in the order given; to be called inside the write that adds them.
  protected static List<QprCode> born(DSLContext sql, List<NewCode> codes) {
    int number = nextNumber(sql);
    var born = new ArrayList<QprCode>(codes.size());
    for (NewCode code : codes) {
      born.add(CodeRows.born(number++, code));
    }
    return born;
  }

  @Override
  public final Optional<QprCode> byShortId(String shortId) {
    return one(Codes.SHORT_ID.eq(shortId));
  }

  @Override
  public final Optional<QprCode> byId(int account, CodeId id) {
    return one(Codes.ACCOUNT.eq(account).and(Codes.ID.eq(id.text())));
  }

  @Override
  public final Page page(int account, int limit, long offset) {
    return database.read(sql -> {
      Condition own = Codes.ACCOUNT.eq(account);
      long total = sql.selectCount().from(Codes.TABLE).where(own).fetchSingle().value1();
      List<QprCode> codes =
          sql.select(CodeRows.COLUMNS)
              .from(Codes.TABLE)
              .where(own)
              .orderBy(Codes.CREATED_AT.desc(), Codes.ID.desc())
              .limit(limit)
              .offset(offset)
              .fetch(CodeRows::read);
      return new Page(codes, total);
    });
  }

  @Override
  public final Optional<Instant> scansSince(int account) {
    return database.read(sql ->
        Optional.ofNullable(
                sql.select(min(Codes.SCANS_SINCE))
                    .from(Codes.TABLE)
                    .where(Codes.ACCOUNT.eq(account))
                    .fetchSingle()
                    .value1())
            .map(Instant::ofEpochMilli));
  }

  private Optional<QprCode> one(Condition condition) {
    return database.read(sql ->
        sql.select(CodeRows.COLUMNS)
            .from(Codes.TABLE)
            .where(condition)
            .fetchOptional(CodeRows::read));
  }

  private static int nextNumber(DSLContext sql) {
    Integer last = sql.select(max(Codes.NUMBER)).from(Codes.TABLE).fetchSingle().value1();
    return last == null ? 1 : last + 1;
  }

  private static void insert(DSLContext sql, QprCode code) {
    sql.insertInto(Codes.TABLE)
        .set(Codes.NUMBER, code.ref().number())
        .set(Codes.ACCOUNT, code.ref().account())
        .set(Codes.ID, code.ref().id().text())
        .set(Codes.SHORT_ID, code.ref().shortId())
        .set(Codes.NAME, code.name())
        .set(Codes.PROMPT, code.prompt())
        .set(Codes.WELCOME_MESSAGE, code.welcomeMessage())
        .set(Codes.TEMPLATE, CodeRows.stored(code.template()))
        .set(Codes.STATUS, CodeRows.stored(code.status()))
        .set(Codes.CONVERSATION_URL, code.conversationUrl())
        .set(Codes.METADATA, code.metadata())
        .set(Codes.CREATED_AT, code.createdAt().toEpochMilli())
        .set(Codes.UPDATED_AT, code.updatedAt().toEpochMilli())
        .set(Codes.SCANS_SINCE, code.scansSince().toEpochMilli())
        .execute();
  }
}
