package io.openqpr.account;

import io.openqpr.web.http.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Answers as text that only who knows the request's idempotency key can read: some hold a new API
/// key, which is stored nowhere. AES-256-GCM under HMAC-SHA256(secret, account | key); what the
/// store knows the request by is derived apart.
public final class SealedAnswers {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final byte[] secret;
  private final SecureRandom random;

  public SealedAnswers(byte[] secret, SecureRandom random) {
    this.secret = secret.clone();
    this.random = random;
  }

  String nameOf(int account, String key) {
    return HexFormat.of().formatHex(derived("name", account, key));
  }

  /// @param answer with a whole body, as all answers to POST are
  String seal(int account, String key, Answer answer) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] closed = cipher(Cipher.ENCRYPT_MODE, account, key, nonce, bytes(answer));
    return Base64.getEncoder()
        .encodeToString(
            ByteBuffer.allocate(NONCE_BYTES + closed.length).put(nonce).put(closed).array());
  }

  Answer open(int account, String key, String text) {
    byte[] both = Base64.getDecoder().decode(text);
    byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
    byte[] closed = Arrays.copyOfRange(both, NONCE_BYTES, both.length);
    return answer(cipher(Cipher.DECRYPT_MODE, account, key, nonce, closed));
  }

  private byte[] cipher(int mode, int account, String key, byte[] nonce, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      var aes = new SecretKeySpec(derived("answer", account, key), "AES");
      cipher.init(mode, aes, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a kept answer cannot be opened", e);
    }
  }

  private byte[] derived(String use, int account, String key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal((use + "|" + account + "|" + key).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(Answer answer) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(answer.status());
      out.writeInt(answer.headers().size());
      for (String header : answer.headers()) {
        out.writeUTF(header);
      }
      out.write(((Answer.Body.Whole) answer.body()).bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Answer answer(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int status = in.readInt();
      List<String> headers = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        headers.add(in.readUTF());
      }
      return Answer.of(status, headers, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
