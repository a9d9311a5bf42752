package io.openqpr.storage.sql;

import io.openqpr.storage.sql.Schema.Logos;
import io.openqpr.storage.store.LogoStore;
import java.util.Optional;

/// Logos, on any engine.
public final class SqlLogos implements LogoStore {

  private final Database database;

  public SqlLogos(Database database) {
    this.database = database;
  }

  @Override
  public Optional<byte[]> find(int account) {
    return database.read(sql ->
        sql.select(Logos.PNG)
            .from(Logos.TABLE)
            .where(Logos.ACCOUNT.eq(account))
            .fetchOptional(Logos.PNG));
  }

  @Override
  public void put(int account, byte[] png) {
    database.write(sql -> {
      int replaced =
          sql.update(Logos.TABLE).set(Logos.PNG, png).where(Logos.ACCOUNT.eq(account)).execute();
      return replaced > 0
          ? replaced
          : sql.insertInto(Logos.TABLE).set(Logos.ACCOUNT, account).set(Logos.PNG, png).execute();
    });
  }

  @Override
  public boolean remove(int account) {
    return database.write(
        sql -> sql.deleteFrom(Logos.TABLE).where(Logos.ACCOUNT.eq(account)).execute() > 0);
  }
}
