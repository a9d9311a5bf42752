package io.openqpr.store.sql;

import static org.jooq.impl.DSL.max;

import io.openqpr.model.Account;
import io.openqpr.store.sql.Schema.Accounts;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

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
  public Account firstOr(String id, String name, Instant createdAt) {
    return database.write(sql -> first(sql).orElseGet(() -> add(sql, id, name, createdAt)));
  }

  @Override
  public Account create(String id, String name, Instant createdAt) {
    return database.write(sql -> add(sql, id, name, createdAt));
  }

  private static Optional<Account> first(DSLContext sql) {
    return sql.select(Accounts.NUMBER, Accounts.ID, Accounts.NAME, Accounts.CREATED_AT)
        .from(Accounts.TABLE)
        .orderBy(Accounts.NUMBER)
        .limit(1)
        .fetchOptional(row ->
            new Account(
                row.value1(), row.value2(), row.value3(), Instant.ofEpochMilli(row.value4())));
  }

  private static Account add(DSLContext sql, String id, String name, Instant createdAt) {
    Integer last = sql.select(max(Accounts.NUMBER)).from(Accounts.TABLE).fetchSingle().value1();
    int number = last == null ? 1 : last + 1;
    sql.insertInto(Accounts.TABLE)
        .set(Accounts.NUMBER, number)
        .set(Accounts.ID, id)
        .set(Accounts.NAME, name)
        .set(Accounts.CREATED_AT, createdAt.toEpochMilli())
        .execute();
    return new Account(number, id, name, Instant.ofEpochMilli(createdAt.toEpochMilli()));
  }
}
