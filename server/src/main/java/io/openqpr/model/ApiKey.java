package io.openqpr.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key that opens one account. The key's text is shown once when it is made; only its hash is
/// kept.
///
/// @param hash SHA-256 of the key's UTF-8 text, lower-case hex
/// @param revokedAt `null` while the key is good
public record ApiKey(
    String id,
    int account,
    String name,
    String hash,
    Instant createdAt,
    @Nullable Instant revokedAt) {

  public static final String ID_PREFIX = "key_";

  public boolean revoked() {
    return revokedAt != null;
  }
}
