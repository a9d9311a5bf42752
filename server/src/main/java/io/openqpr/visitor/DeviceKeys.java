package io.openqpr.visitor;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The pseudonymous fingerprint by which distinct devices are counted: the first 64 bits of
/// HMAC-SHA256(secret, account | client address | user agent).
///
/// The secret stays on this server, so nobody can find an address by trying them all; the account
/// is part of it, so that two accounts can't compare their visitors. 64 bits: among a million
/// devices the chance that any two are taken for one is 1 in 37 million.
public final class DeviceKeys {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac prototype;

  /// @param secret 32 random bytes, the same at every start
  public DeviceKeys(byte[] secret) {
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public long keyOf(int account, InetAddress address, String userAgent) {
    byte[] addressBytes = address.getAddress();
    byte[] agentBytes = userAgent.getBytes(StandardCharsets.UTF_8);
    ByteBuffer text = ByteBuffer.allocate(4 + 1 + addressBytes.length + agentBytes.length);
    text.putInt(account).put((byte) addressBytes.length).put(addressBytes).put(agentBytes);
    return ByteBuffer.wrap(mac().doFinal(text.array())).getLong();
  }

  // A Mac is not safe for threads; a clone of one with its key set costs less than setting a key.
  private Mac mac() {
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
