package io.openqpr.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class DeviceKeysTest {

  private static final InetAddress HOME = InetAddress.ofLiteral("203.0.113.9");
  private static final InetAddress WORK = InetAddress.ofLiteral("2001:db8::7");

  private final DeviceKeys keys = new DeviceKeys(new byte[32]);

  @Test
  void theSameDeviceHasTheSameKey() {
    assertThat(keys.keyOf(1, HOME, "agent"))
        .isEqualTo(new DeviceKeys(new byte[32]).keyOf(1, HOME, "agent"));
  }

  @Test
  void accountAddressAgentAndSecretEachMakeAnother() {
    long key = keys.keyOf(1, HOME, "agent");

    assertThat(keys.keyOf(2, HOME, "agent")).isNotEqualTo(key);
    assertThat(keys.keyOf(1, WORK, "agent")).isNotEqualTo(key);
    assertThat(keys.keyOf(1, HOME, "agent2")).isNotEqualTo(key);
    byte[] secret = new byte[32];
    secret[31] = 1;
    assertThat(new DeviceKeys(secret).keyOf(1, HOME, "agent")).isNotEqualTo(key);
  }
}
