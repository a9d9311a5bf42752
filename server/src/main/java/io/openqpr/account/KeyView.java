package io.openqpr.account;

import io.openqpr.model.ApiKey;
import io.openqpr.model.Scope;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A key as the API lists it; names and order are the contract's, `scopes` is added.
record KeyView(
    String id,
    String name,
    @Nullable Instant lastUsedAt,
    boolean revoked,
    Instant createdAt,
    List<String> scopes) {

  static KeyView of(ApiKey key, LastUse lastUse) {
    return new KeyView(
        key.id(),
        key.name(),
        lastUse.of(key.id()).orElse(key.lastUsedAt()),
        key.revoked(),
        key.createdAt(),
        texts(key.scopes()));
  }

  /// A new key, with its text, which is shown this once.
  record New(String id, String name, String key, Instant createdAt, List<String> scopes) {

    static New of(ApiKey key, String text) {
      return new New(key.id(), key.name(), text, key.createdAt(), texts(key.scopes()));
    }
  }

  private static List<String> texts(@Nullable Set<Scope> scopes) {
    Stream<Scope> all = scopes == null ? Arrays.stream(Scope.values()) : scopes.stream().sorted();
    return all.map(Scope::text).toList();
  }
}
