package io.openqpr.web.limit;

import io.openqpr.web.http.Request;
import java.util.Optional;

/// Whose key a request shows, whatever way its header is written.
public interface KnownKeys {

  /// The name of a key that exists, where this server remembers it.
  Optional<String> remembered(Request request);

  /// As [#remembered], and looked for where it is not.
  ///
  /// @throws io.openqpr.storage.store.StoreException when the store does not say
  Optional<String> find(Request request);
}
