package io.openqpr.conversation;

import com.github.f4b6a3.ulid.Ulid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The unguessable name of a scan's conversation page, `/c/{token}`. It opens that one conversation
/// and nothing else, and needs no row in any table: base64url of the first 16 bytes of
/// HMAC-SHA256(key, ULID | short id), the scan's ULID (16 bytes) and the short id.
public final class ConversationToken {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int TAG_BYTES = 16;
  private static final int SHORT_ID_AT = TAG_BYTES + Ulid.ULID_BYTES;

  private final Mac prototype;

  public ConversationToken(byte[] key) {
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a token names.
  record Named(Ulid scan, String shortId) {}

  public String of(Ulid scan, String shortId) {
    byte[] name = shortId.getBytes(StandardCharsets.UTF_8);
    byte[] token = new byte[SHORT_ID_AT + name.length];
    System.arraycopy(scan.toBytes(), 0, token, TAG_BYTES, Ulid.ULID_BYTES);
    System.arraycopy(name, 0, token, SHORT_ID_AT, name.length);
    System.arraycopy(tag(token), 0, token, 0, TAG_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /// Empty for a token that was not made here.
  Optional<Named> read(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length <= SHORT_ID_AT
        || !MessageDigest.isEqual(
            Arrays.copyOf(bytes, TAG_BYTES), Arrays.copyOf(tag(bytes), TAG_BYTES))) {
      return Optional.empty();
    }
    Ulid scan = Ulid.from(Arrays.copyOfRange(bytes, TAG_BYTES, SHORT_ID_AT));
    String shortId =
        new String(bytes, SHORT_ID_AT, bytes.length - SHORT_ID_AT, StandardCharsets.UTF_8);
    return Optional.of(new Named(scan, shortId));
  }

  private byte[] tag(byte[] token) {
    try {
      Mac mac = (Mac) prototype.clone();
      mac.update(token, TAG_BYTES, token.length - TAG_BYTES);
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
