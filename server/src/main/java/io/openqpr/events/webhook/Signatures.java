package io.openqpr.events.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The headers that prove who sent a request, in two ways from one secret: over the body alone,
/// keyed with the whole secret, as the contract says; and over id, time and body, keyed with the
/// bytes behind `whsec_`, as Standard Webhooks says (standardwebhooks.com).
final class Signatures {

  static final String OURS = "X-3QPR-Signature";

  private static final String PREFIX = "whsec_";
  private static final int SECRET_BYTES = 32;

  private Signatures() {}

  static String newSecret(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return PREFIX + Base64.getEncoder().encodeToString(secret);
  }

  /// @param secrets the current one first
  /// @return name and value alternate
  static List<String> headers(List<String> secrets, String id, Instant now, byte[] body) {
    String timestamp = String.valueOf(now.getEpochSecond());
    var headers = new ArrayList<String>();
    headers.add(OURS);
    headers.add(ours(secrets.getFirst(), body));
    for (String previous : secrets.subList(1, secrets.size())) {
      headers.add(OURS + "-Previous");
      headers.add(ours(previous, body));
    }
    headers.addAll(List.of("webhook-id", id, "webhook-timestamp", timestamp));
    headers.addAll(List.of("webhook-signature", standard(secrets, id + "." + timestamp, body)));
    return headers;
  }

  private static String ours(String secret, byte[] body) {
    Mac mac = keyed(secret.getBytes(StandardCharsets.UTF_8));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
  }

  private static String standard(List<String> secrets, String before, byte[] body) {
    var all = new StringJoiner(" ");
    for (String secret : secrets) {
      Mac mac = keyed(Base64.getDecoder().decode(secret.substring(PREFIX.length())));
      mac.update((before + ".").getBytes(StandardCharsets.UTF_8));
      all.add("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
    }
    return all.toString();
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
