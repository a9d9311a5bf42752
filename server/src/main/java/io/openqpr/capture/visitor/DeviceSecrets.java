package io.openqpr.capture.visitor;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret with which device keys are made, now.
public sealed interface DeviceSecrets extends AutoCloseable
    permits DeviceSecrets.Fixed, RotatingSecrets {

  /// Not to be used but to be cloned: a clone of one with its key set costs less than setting a
  /// key.
  Mac now();

  @Override
  void close() throws InterruptedException;

  /// HMAC-SHA256 with this key.
  static Mac mac(byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The same for ever.
  record Fixed(Mac now) implements DeviceSecrets {

    /// @param secret 32 random bytes, the same at every start
    public static Fixed of(byte[] secret) {
      return new Fixed(mac(secret));
    }

    @Override
    public void close() {}
  }
}
