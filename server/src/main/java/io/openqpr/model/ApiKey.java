package io.openqpr.model;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key that opens one account. The key's text is shown once when it is made; only its hash is
/// kept.
///
/// @param hash SHA-256 of the key's UTF-8 text, lower-case hex
/// @param scopes what it may do; `null` for everything, also what later versions add
/// @param lastUsedAt `null` before the first use; may be some seconds behind
/// @param revokedAt `null` while the key is good
public record ApiKey(
    String id,
    int account,
    String name,
    String hash,
    @Nullable Set<Scope> scopes,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {

  public static final String ID_PREFIX = "key_";

  public ApiKey {
    scopes = scopes == null ? null : Set.copyOf(scopes);
  }

  public boolean revoked() {
    return revokedAt != null;
  }

  public boolean allows(Scope scope) {
    return scopes == null || scopes.contains(scope);
  }

  /// Whether it may do everything.
  public boolean full() {
    return scopes == null;
  }
}
