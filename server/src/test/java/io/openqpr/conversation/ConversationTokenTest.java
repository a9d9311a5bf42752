package io.openqpr.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTokenTest {

  private final ConversationToken tokens = new ConversationToken(new byte[32]);
  private final Ulid scan = UlidCreator.getUlid();

  @Test
  void namesItsScanAndCode() {
    assertThat(tokens.read(tokens.of(scan, "hc9m3r")))
        .contains(new ConversationToken.Named(scan, "hc9m3r"));
  }

  @Test
  void oneChangedBitMakesItVoid() {
    byte[] token = Base64.getUrlDecoder().decode(tokens.of(scan, "hc9m3r"));
    for (int bit = 0; bit < token.length * 8; bit++) {
      byte[] forged = token.clone();
      forged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(tokens.read(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
          .isEmpty();
    }
  }

  @Test
  void anotherServersTokenIsVoid() {
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;
    assertThat(tokens.read(new ConversationToken(otherKey).of(scan, "hc9m3r"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "%%%", "ä", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void garbageIsVoid(String token) {
    assertThat(tokens.read(token)).isEmpty();
  }
}
