package io.openqpr.storage.store;

import java.util.Optional;

/// Logos of accounts, each as a PNG file.
public interface LogoStore {

  Optional<byte[]> find(int account);

  /// Keeps a logo in place of the one before.
  void put(int account, byte[] png);

  /// @return whether there was one
  boolean remove(int account);
}
