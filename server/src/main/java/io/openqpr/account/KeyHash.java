package io.openqpr.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// API keys as text, and the hash that is kept of them. A plain SHA-256 is enough: the keys are
/// random, so there is nothing to guess that a slow hash would protect.
final class KeyHash {

  private static final String PREFIX = "3qpr_sk_live_";
  private static final int RANDOM_BYTES = 24;

  private KeyHash() {}

  static String newKey(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String of(String key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
