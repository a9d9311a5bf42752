package io.openqpr.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A webhook's secret, and what it says of a request: the same headers that the server sends.
///
/// @param text `whsec_` and base64, as receivers have it
record SigningSecret(String text) {

  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;

  /// One that nobody had before.
  static SigningSecret random() {
    var secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new SigningSecret(PREFIX + Base64.getEncoder().encodeToString(secret));
  }

  /// @throws Failure of usage when it is none
  static SigningSecret parse(String text) {
    var secret = new SigningSecret(text.strip());
    try {
      if (secret.text.startsWith(PREFIX) && secret.key().length > 0) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw Failure.usage(
        "--secret must be whsec_ and base64 behind it, as `qpr webhooks create` and `rotate` print it;"
            + " without --secret one is made");
  }

  private byte[] key() {
    return Base64.getDecoder().decode(text.substring(PREFIX.length()));
  }

  /// Name and value alternate.
  List<String> headers(String id, Instant now, byte[] body) {
    String timestamp = String.valueOf(now.getEpochSecond());
    Mac whole = keyed(text.getBytes(StandardCharsets.UTF_8));
    Mac standard = keyed(key());
    standard.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    return List.of(
        "X-3QPR-Signature",
        "sha256=" + HexFormat.of().formatHex(whole.doFinal(body)),
        "webhook-id",
        id,
        "webhook-timestamp",
        timestamp,
        "webhook-signature",
        "v1," + Base64.getEncoder().encodeToString(standard.doFinal(body)));
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
