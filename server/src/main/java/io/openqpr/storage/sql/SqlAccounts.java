package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;

import io.openqpr.model.Account;
import io.openqpr.model.ApiKey;
import io.openqpr.storage.sql.Schema.Accounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectLimitStep;
import org.jspecify.annotations.Nullable;

/// Accounts and keys, on any engine.
public final class SqlAccounts extends SqlKeys {

  private final Database database;

  public SqlAccounts(Database database) {
    super(database);
    this.database = database;
  }

  @Override
  public Optional<Account> first() {
    return database.read(SqlAccounts::first);
  }

  @Override
  public Account firstOr(String id, String name, Instant createdAt, FirstKey firstKey) {
    return database.write(
        sql -> first(sql).orElseGet(() -> add(sql, id, name, createdAt, firstKey)));
  }

  @Override
  public List<Account> all() {
    return database.read(sql -> select(sql).fetch(SqlAccounts::account));
  }

  @Override
  public Account byNumber(int number) {
    return database.read(sql -> byNumber(sql, number));
  }

  @Override
  public Account keepFor(int number, @Nullable Integer retentionDays) {
    return database.write(sql -> {
      sql.update(Accounts.TABLE)
          .set(Accounts.RETENTION_DAYS, retentionDays)
          .where(Accounts.NUMBER.eq(number))
          .execute();
      return byNumber(sql, number);
    });
  }

  @Override
  public void restore(List<Account> accounts) {
    database.write(sql -> {
      Set<Integer> known =
          sql.select(Accounts.NUMBER).from(Accounts.TABLE).fetchSet(Accounts.NUMBER);
      for (Account account : accounts) {
        if (!known.contains(account.number())) {
          insert(sql, account);
        }
      }
      return accounts;
    });
  }

  @Override
  public Account create(String id, String name, Instant createdAt, FirstKey firstKey) {
    return database.write(sql -> add(sql, id, name, createdAt, firstKey));
  }

  private static Optional<Account> first(DSLContext sql) {
    return select(sql).limit(1).fetchOptional(SqlAccounts::account);
  }

  private static Account byNumber(DSLContext sql, int number) {
    return select(sql, Accounts.NUMBER.eq(number)).fetchSingle(SqlAccounts::account);
  }

  private static SelectLimitStep<? extends Record> select(DSLContext sql) {
    return select(sql, noCondition());
  }

  private static SelectLimitStep<? extends Record> select(DSLContext sql, Condition which) {
    return sql.select(
            Accounts.NUMBER,
            Accounts.ID,
            Accounts.NAME,
            Accounts.CREATED_AT,
            Accounts.RETENTION_DAYS)
        .from(Accounts.TABLE)
        .where(which)
        .orderBy(Accounts.NUMBER);
  }

  private static Account account(Record row) {
    return new Account(
        row.get(Accounts.NUMBER),
        row.get(Accounts.ID),
        row.get(Accounts.NAME),
        Instant.ofEpochMilli(row.get(Accounts.CREATED_AT)),
        row.get(Accounts.RETENTION_DAYS));
  }

  private Account add(
      DSLContext sql, String id, String name, Instant createdAt, FirstKey firstKey) {
    Integer last = sql.select(max(Accounts.NUMBER)).from(Accounts.TABLE).fetchSingle().value1();
    int number = last == null ? 1 : last + 1;
    var account =
        new Account(number, id, name, Instant.ofEpochMilli(createdAt.toEpochMilli()), null);
    insert(sql, account);
    ApiKey key = firstKey.of(number);
    if (key != null) {
      insert(sql, key);
    }
    return account;
  }

  private static void insert(DSLContext sql, Account account) {
    sql.insertInto(Accounts.TABLE)
        .set(Accounts.NUMBER, account.number())
        .set(Accounts.ID, account.id())
        .set(Accounts.NAME, account.name())
        .set(Accounts.CREATED_AT, account.createdAt().toEpochMilli())
        .set(Accounts.RETENTION_DAYS, account.retentionDays())
        .execute();
  }
}
