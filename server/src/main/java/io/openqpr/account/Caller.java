package io.openqpr.account;

import io.openqpr.model.ApiKey;
import io.openqpr.model.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who asks: an account, by one of its keys.
///
/// @param scopes what the key may do; `null` for everything
public record Caller(int account, String keyId, @Nullable Set<Scope> scopes) {

  static Caller of(ApiKey key) {
    return new Caller(key.account(), key.id(), key.scopes());
  }
}
