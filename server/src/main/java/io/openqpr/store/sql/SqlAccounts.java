package io.openqpr.store.sql;

import static org.jooq.impl.DSL.max;

import io.openqpr.model.Account;
import io.openqpr.model.ApiKey;
import io.openqpr.store.AccountStore;
import io.openqpr.store.sql.Schema.Accounts;
import io.openqpr.store.sql.Schema.ApiKeys;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Accounts and keys, on any engine.
public final class SqlAccounts implements AccountStore {

  private final Database database;

  public SqlAccounts(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Account> first() {
    return database.read(sql ->
        sql.select(Accounts.NUMBER, Accounts.ID, Accounts.NAME, Accounts.CREATED_AT)
            .from(Accounts.TABLE)
            .orderBy(Accounts.NUMBER)
            .limit(1)
            .fetchOptional(row ->
                new Account(
                    row.value1(), row.value2(), row.value3(), Instant.ofEpochMilli(row.value4()))));
  }

  @Override
  public Account create(String id, String name, Instant createdAt) {
    return database.write(sql -> {
      Integer last = sql.select(max(Accounts.NUMBER)).from(Accounts.TABLE).fetchSingle().value1();
      int number = last == null ? 1 : last + 1;
      sql.insertInto(Accounts.TABLE)
          .set(Accounts.NUMBER, number)
          .set(Accounts.ID, id)
          .set(Accounts.NAME, name)
          .set(Accounts.CREATED_AT, createdAt.toEpochMilli())
          .execute();
      return new Account(number, id, name, Instant.ofEpochMilli(createdAt.toEpochMilli()));
    });
  }

  @Override
  public void addKey(ApiKey key) {
    database.write(sql ->
        sql.insertInto(ApiKeys.TABLE)
            .set(ApiKeys.ID, key.id())
            .set(ApiKeys.ACCOUNT, key.account())
            .set(ApiKeys.NAME, key.name())
            .set(ApiKeys.HASH, key.hash())
            .set(ApiKeys.CREATED_AT, key.createdAt().toEpochMilli())
            .set(ApiKeys.REVOKED_AT, millis(key.revokedAt()))
            .execute());
  }

  @Override
  public Optional<ApiKey> keyByHash(String hash) {
    return database.read(sql ->
        sql.select(
                ApiKeys.ID,
                ApiKeys.ACCOUNT,
                ApiKeys.NAME,
                ApiKeys.HASH,
                ApiKeys.CREATED_AT,
                ApiKeys.REVOKED_AT)
            .from(ApiKeys.TABLE)
            .where(ApiKeys.HASH.eq(hash))
            .fetchOptional(SqlAccounts::key));
  }

  private static ApiKey key(Record row) {
    Long revokedAt = row.get(ApiKeys.REVOKED_AT);
    return new ApiKey(
        row.get(ApiKeys.ID),
        row.get(ApiKeys.ACCOUNT),
        row.get(ApiKeys.NAME),
        row.get(ApiKeys.HASH),
        Instant.ofEpochMilli(row.get(ApiKeys.CREATED_AT)),
        revokedAt == null ? null : Instant.ofEpochMilli(revokedAt));
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }
}
