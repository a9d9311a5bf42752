package io.openqpr.storage.sql;

import io.openqpr.storage.sql.Schema.Secrets;
import io.openqpr.storage.store.SecretStore;
import java.util.HexFormat;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The secrets that all servers of one store share.
public final class SqlSecrets implements SecretStore {

  private final Database database;

  public SqlSecrets(Database database) {
    this.database = database;
  }

  @Override
  public byte[] shared(String name, byte[] own) {
    return database.write(sql -> {
      String known = known(sql, name);
      if (known == null) {
        sql.insertInto(Secrets.TABLE)
            .set(Secrets.NAME, name)
            .set(Secrets.HEX, HexFormat.of().formatHex(own))
            .onConflictDoNothing() // another server was faster
            .execute();
        known = known(sql, name);
      }
      return known == null ? own : HexFormat.of().parseHex(known);
    });
  }

  private static @Nullable String known(DSLContext sql, String name) {
    return sql.select(Secrets.HEX)
        .from(Secrets.TABLE)
        .where(Secrets.NAME.eq(name))
        .fetchOne(Secrets.HEX);
  }

  @Override
  public void forget(String prefix, Set<String> kept) {
    database.write(sql ->
        sql.deleteFrom(Secrets.TABLE)
            .where(Secrets.NAME.startsWith(prefix), Secrets.NAME.notIn(kept))
            .execute());
  }
}
