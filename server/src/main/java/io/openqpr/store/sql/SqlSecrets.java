package io.openqpr.store.sql;

import io.openqpr.store.sql.Schema.Secrets;
import java.util.HexFormat;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The secret that all servers of one store share.
public final class SqlSecrets {

  private static final String NAME = "server";

  private final Database database;

  public SqlSecrets(Database database) {
    this.database = database;
  }

  /// The secret of the first server that asked; `own` when that is this one.
  public byte[] shared(byte[] own) {
    return database.write(sql -> {
      String known = known(sql);
      if (known != null) {
        return HexFormat.of().parseHex(known);
      }
      sql.insertInto(Secrets.TABLE)
          .set(Secrets.NAME, NAME)
          .set(Secrets.HEX, HexFormat.of().formatHex(own))
          .execute();
      return own;
    });
  }

  private static @Nullable String known(DSLContext sql) {
    return sql.select(Secrets.HEX)
        .from(Secrets.TABLE)
        .where(Secrets.NAME.eq(NAME))
        .fetchOne(Secrets.HEX);
  }
}
