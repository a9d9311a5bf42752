package io.openqpr.events.webhook;

import io.openqpr.events.webhook.post.PostBody;
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

  /// A secret, ready for use: keyed once, and copied for each signature. Any thread.
  static final class Key {
    private final Mac ours;
    private final Mac standard;

    Key(String secret) {
      ours = keyed(secret.getBytes(StandardCharsets.UTF_8));
      standard = keyed(Base64.getDecoder().decode(secret.substring(PREFIX.length())));
    }
  }

  /// @param keys the current one first
  /// @return name and value alternate
  static List<String> headers(List<Key> keys, String id, Instant now, PostBody body) {
    String timestamp = String.valueOf(now.getEpochSecond());
    var headers = new ArrayList<String>();
    headers.add(OURS);
    headers.add(ours(keys.getFirst(), body));
    for (Key previous : keys.subList(1, keys.size())) {
      headers.add(OURS + "-Previous");
      headers.add(ours(previous, body));
    }
    headers.addAll(List.of("webhook-id", id, "webhook-timestamp", timestamp));
    byte[] before = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    headers.addAll(List.of("webhook-signature", standard(keys, before, body)));
    return headers;
  }

  private static String ours(Key key, PostBody body) {
    Mac mac = copy(key.ours);
    body.parts().forEach(mac::update);
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal());
  }

  private static String standard(List<Key> keys, byte[] before, PostBody body) {
    var all = new StringJoiner(" ");
    for (Key key : keys) {
      Mac mac = copy(key.standard);
      mac.update(before);
      body.parts().forEach(mac::update);
      all.add("v1," + Base64.getEncoder().encodeToString(mac.doFinal()));
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

  private static Mac copy(Mac keyed) {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
