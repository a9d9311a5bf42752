package io.openqpr.storage.store;

import java.util.Set;

/// Secrets that all servers of a store share, and that can be thrown away.
public interface SecretStore {

  /// The secret of this name, 32 bytes: that of the server that was first to ask for it.
  ///
  /// @param own becomes the shared one when this server is the first
  byte[] shared(String name, byte[] own);

  /// Throws away all secrets whose names begin with this, but those named: the store cannot tell
  /// them any more.
  void forget(String prefix, Set<String> kept);
}
