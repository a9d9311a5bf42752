package io.openqpr.analytics.transfer;

import io.openqpr.model.ScanId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Device keys for imported scans. Files do not tell which scans are of one device, so each counts
/// as a device of its own: the first 64 bits of SHA-256 of its id, the same at every import.
final class DeviceKeysOfImports {

  private final MessageDigest sha256;

  DeviceKeysOfImports() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  long of(ScanId id) {
    byte[] hash = sha256.digest(id.text().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(hash).getLong();
  }
}
