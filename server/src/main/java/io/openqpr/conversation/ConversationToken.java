package io.openqpr.conversation;

import com.github.f4b6a3.ulid.Ulid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The unguessable name of a scan's conversation page, `/c/{token}`. It opens that one conversation
/// and nothing else, and needs no row in any table: base64url of scan ULID (16 bytes), short id (6
/// bytes) and the first 16 bytes of HMAC-SHA256(key, ULID | short id).
public final class ConversationToken {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORT_ID_BYTES = 6;
  private static final int TAG_BYTES = 16;
  private static final int BYTES = Ulid.ULID_BYTES + SHORT_ID_BYTES + TAG_BYTES;

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
    ByteBuffer token = ByteBuffer.allocate(BYTES);
    token.put(scan.toBytes()).put(shortId.getBytes(StandardCharsets.US_ASCII));
    token.put(tag(token.array()), 0, TAG_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  /// Empty for a token that was not made here.
  Optional<Named> read(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length != BYTES) {
      return Optional.empty();
    }
    byte[] tag = Arrays.copyOfRange(bytes, BYTES - TAG_BYTES, BYTES);
    if (!MessageDigest.isEqual(tag, Arrays.copyOf(tag(bytes), TAG_BYTES))) {
      return Optional.empty();
    }
    Ulid scan = Ulid.from(Arrays.copyOf(bytes, Ulid.ULID_BYTES));
    String shortId = new String(bytes, Ulid.ULID_BYTES, SHORT_ID_BYTES, StandardCharsets.US_ASCII);
    return Optional.of(new Named(scan, shortId));
  }

  private byte[] tag(byte[] token) {
    try {
      Mac mac = (Mac) prototype.clone();
      mac.update(token, 0, BYTES - TAG_BYTES);
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
