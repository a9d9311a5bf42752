package io.openqpr.storage.sql;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.val;

import io.openqpr.model.ApiKey;
import io.openqpr.model.Scope;
import io.openqpr.storage.sql.Schema.ApiKeys;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.storage.store.Change;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// API keys, on any engine.
abstract sealed class SqlKeys implements AccountStore permits SqlAccounts {

  private static final List<Field<?>> COLUMNS =
      List.of(
          ApiKeys.ID,
          ApiKeys.ACCOUNT,
          ApiKeys.NAME,
          ApiKeys.HASH,
          ApiKeys.SCOPES,
          ApiKeys.CREATED_AT,
          ApiKeys.LAST_USED_AT,
          ApiKeys.REVOKED_AT);

  private final Database database;

  SqlKeys(Database database) {
    this.database = database;
  }

  @Override
  public final void addKey(ApiKey key) {
    database.write(
        sql -> sql.fetchExists(ApiKeys.TABLE, ApiKeys.HASH.eq(key.hash())) ? 0 : insert(sql, key));
  }

  final int insert(DSLContext sql, ApiKey key) {
    announce(sql, key);
    return sql.insertInto(ApiKeys.TABLE)
        .set(ApiKeys.ID, key.id())
        .set(ApiKeys.ACCOUNT, key.account())
        .set(ApiKeys.NAME, key.name())
        .set(ApiKeys.HASH, key.hash())
        .set(ApiKeys.SCOPES, stored(key.scopes()))
        .set(ApiKeys.CREATED_AT, key.createdAt().toEpochMilli())
        .set(ApiKeys.LAST_USED_AT, millis(key.lastUsedAt()))
        .set(ApiKeys.REVOKED_AT, millis(key.revokedAt()))
        .execute();
  }

  @Override
  public final List<ApiKey> keysByHash(Collection<String> hashes) {
    return database.lookUp(sql -> select(sql, ApiKeys.HASH.in(hashes)));
  }

  @Override
  public final List<ApiKey> keys(int account) {
    return database.read(sql -> select(sql, ApiKeys.ACCOUNT.eq(account)));
  }

  @Override
  public final Revocation revokeKey(int account, String id, Instant now) {
    return database.write(sql -> {
      List<ApiKey> keys = select(sql, ApiKeys.ACCOUNT.eq(account));
      Optional<ApiKey> found = keys.stream().filter(key -> key.id().equals(id)).findFirst();
      if (found.isEmpty()) {
        return new Revocation.Absent();
      }
      ApiKey key = found.get();
      if (key.revoked()) {
        return new Revocation.Revoked(key);
      }
      long fullKeys = keys.stream().filter(k -> k.full() && !k.revoked()).count();
      if (key.full() && fullKeys == 1) {
        return new Revocation.LastFullKey();
      }
      sql.update(ApiKeys.TABLE)
          .set(ApiKeys.REVOKED_AT, now.toEpochMilli())
          .where(ApiKeys.ID.eq(id))
          .execute();
      announce(sql, key);
      return new Revocation.Revoked(select(sql, ApiKeys.ID.eq(id)).getFirst());
    });
  }

  private void announce(DSLContext sql, ApiKey key) {
    database.announce(sql, Change.Kind.API_KEY, List.of(key.hash()));
  }

  @Override
  public final void keysUsed(Map<String, Instant> usedAt) {
    database.write(sql -> {
      usedAt.forEach((id, time) -> {
        Field<Long> used = val(time.toEpochMilli());
        sql.update(ApiKeys.TABLE)
            .set(ApiKeys.LAST_USED_AT, greatest(coalesce(ApiKeys.LAST_USED_AT, used), used))
            .where(ApiKeys.ID.eq(id))
            .execute();
      });
      return usedAt.size();
    });
  }

  /// Newest first.
  private static List<ApiKey> select(DSLContext sql, Condition condition) {
    return sql.select(COLUMNS)
        .from(ApiKeys.TABLE)
        .where(condition)
        .orderBy(ApiKeys.CREATED_AT.desc(), ApiKeys.ID.desc())
        .fetch(SqlKeys::key);
  }

  private static ApiKey key(Record row) {
    String scopes = row.get(ApiKeys.SCOPES);
    return new ApiKey(
        row.get(ApiKeys.ID),
        row.get(ApiKeys.ACCOUNT),
        row.get(ApiKeys.NAME),
        row.get(ApiKeys.HASH),
        scopes == null ? null : scopes(scopes),
        Instant.ofEpochMilli(row.get(ApiKeys.CREATED_AT)),
        instant(row.get(ApiKeys.LAST_USED_AT)),
        instant(row.get(ApiKeys.REVOKED_AT)));
  }

  /// A scope that this version does not know allows nothing.
  private static Set<Scope> scopes(String text) {
    return List.of(text.split(" ")).stream()
        .flatMap(scope -> Scope.of(scope).stream())
        .collect(toUnmodifiableSet());
  }

  private static @Nullable String stored(@Nullable Set<Scope> scopes) {
    return scopes == null ? null : scopes.stream().sorted().map(Scope::text).collect(joining(" "));
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
