package io.openqpr.web.limit;

import io.openqpr.web.http.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Who sends, as a number that tells nothing: the first 64 bits of HMAC-SHA256(secret, kind of
/// request | key's text, or address without a key). The key is not checked here: a wrong one is
/// limited as a right one is.
final class Sender {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int LONGEST_IDENTITY = 300;

  private final SecretKeySpec secret;

  Sender(byte[] secret) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  long of(Request request, String kind) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      String text = kind + "|" + identity(request);
      return ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String identity(Request request) {
    String key = request.header("Authorization").orElse("");
    if (key.isEmpty()) {
      return request.peer().getHostAddress();
    }
    return key.length() <= LONGEST_IDENTITY ? key : key.substring(0, LONGEST_IDENTITY);
  }
}
