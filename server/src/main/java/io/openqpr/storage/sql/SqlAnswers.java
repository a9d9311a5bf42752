package io.openqpr.storage.sql;

import io.openqpr.storage.sql.Schema.KeptAnswers;
import io.openqpr.storage.store.AnswerStore;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/// Kept answers, on any engine.
public final class SqlAnswers implements AnswerStore {

  private final Database database;

  public SqlAnswers(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Kept> find(int account, String key) {
    return database.read(sql -> find(sql, account, key));
  }

  private static Optional<Kept> find(DSLContext sql, int account, String key) {
    return sql.select(KeptAnswers.REQUEST_HASH, KeptAnswers.ANSWER, KeptAnswers.CREATED_AT)
        .from(KeptAnswers.TABLE)
        .where(KeptAnswers.ACCOUNT.eq(account), KeptAnswers.KEY.eq(key))
        .fetchOptional(row ->
            new Kept(account, key, row.value1(), row.value2(), Instant.ofEpochMilli(row.value3())));
  }

  @Override
  public Optional<Kept> claim(Kept claim, Instant expired) {
    return database.write(sql -> {
      Optional<Kept> there =
          find(sql, claim.account(), claim.key()).filter(k -> k.createdAt().isAfter(expired));
      if (there.isEmpty()) {
        replace(sql, claim);
      }
      return there;
    });
  }

  @Override
  public void release(int account, String key) {
    database.write(sql ->
        sql.deleteFrom(KeptAnswers.TABLE)
            .where(
                KeptAnswers.ACCOUNT.eq(account), KeptAnswers.KEY.eq(key), KeptAnswers.ANSWER.eq(""))
            .execute());
  }

  @Override
  public void keep(Kept kept) {
    database.write(sql -> replace(sql, kept));
  }

  private static int replace(DSLContext sql, Kept kept) {
    sql.deleteFrom(KeptAnswers.TABLE)
        .where(KeptAnswers.ACCOUNT.eq(kept.account()), KeptAnswers.KEY.eq(kept.key()))
        .execute();
    return sql.insertInto(KeptAnswers.TABLE)
        .set(KeptAnswers.ACCOUNT, kept.account())
        .set(KeptAnswers.KEY, kept.key())
        .set(KeptAnswers.REQUEST_HASH, kept.requestHash())
        .set(KeptAnswers.ANSWER, kept.answer())
        .set(KeptAnswers.CREATED_AT, kept.createdAt().toEpochMilli())
        .execute();
  }

  @Override
  public void forgetBefore(Instant time) {
    database.write(sql ->
        sql.deleteFrom(KeptAnswers.TABLE)
            .where(KeptAnswers.CREATED_AT.lt(time.toEpochMilli()))
            .execute());
  }
}
