package io.openqpr.capture.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeviceKeysTest {

  private static final Device.Seen PHONE = seen("203.0.113.9", "agent", "de");

  private final DeviceKeys keys = keys(new byte[32]);

  @Test
  void theSameDeviceHasTheSameKey() {
    assertThat(keys.keyOf(1, PHONE)).isEqualTo(keys(new byte[32]).keyOf(1, PHONE));
  }

  @Test
  void accountAddressAgentLanguageAndSecretEachMakeAnother() {
    byte[] secret = new byte[32];
    secret[31] = 1;

    Stream<Long> different =
        Stream.of(
            keys.keyOf(1, PHONE),
            keys.keyOf(2, PHONE),
            keys.keyOf(1, seen("203.0.113.8", "agent", "de")),
            keys.keyOf(1, seen("203.0.113.9", "agent2", "de")),
            keys.keyOf(1, seen("203.0.113.9", "agent", "en")),
            keys.keyOf(1, seen("203.0.113.9", "agent", null)),
            keys.keyOf(1, seen("203.0.113.9", "agentd", "e")),
            keys(secret).keyOf(1, PHONE));

    assertThat(different).doesNotHaveDuplicates();
  }

  @Test
  void anIpv6NetworkIsOneAddressAndTwoAgentsInItAreTwoDevices() {
    long key = keys.keyOf(1, seen("2001:db8:1:2::1", "agent", "de"));

    assertThat(keys.keyOf(1, seen("2001:db8:1:2:ffff::9", "agent", "de"))).isEqualTo(key);
    assertThat(keys.keyOf(1, seen("2001:db8:1:3::1", "agent", "de"))).isNotEqualTo(key);
    assertThat(keys.keyOf(1, seen("2001:db8:1:2::1", "other", "de"))).isNotEqualTo(key);
  }

  @Test
  void anIpv4AddressInIpv6IsThatAddress() {
    assertThat(keys.keyOf(1, seen("::ffff:203.0.113.9", "agent", "de")))
        .isEqualTo(keys.keyOf(1, PHONE));
  }

  @Test
  void aCookieIsOneDeviceWhereverItIsAndAccountsCannotLinkIt() {
    DeviceCookie cookie = DeviceCookie.fresh(new SecureRandom());
    DeviceCookie other = DeviceCookie.fresh(new SecureRandom());
    long key = keys.keyOf(1, new Device.Known(cookie));

    assertThat(keys.keyOf(1, new Device.Known(new DeviceCookie(cookie.value())))).isEqualTo(key);
    assertThat(keys.keyOf(1, new Device.Known(other))).isNotEqualTo(key);
    assertThat(keys.keyOf(2, new Device.Known(cookie))).isNotEqualTo(key);
  }

  @Test
  void aCookieIsReadBackAndGarbageIsNone() {
    DeviceCookie cookie = DeviceCookie.fresh(new SecureRandom());
    assertThat(cookie.header("/s/"))
        .isEqualTo(
            "qpr_device="
                + cookie.value()
                + "; Max-Age=31536000; Path=/s/; Secure; HttpOnly; SameSite=Lax");

    assertThat(DeviceCookie.in(List.of("a=b; qpr_device=" + cookie.value() + ";c=d")))
        .isEqualTo(cookie);
    assertThat(DeviceCookie.in(List.of("a=b", "qpr_device=" + cookie.value()))).isEqualTo(cookie);
    for (String garbage :
        List.of(
            "",
            ";;=",
            "qpr_device",
            "qpr_device=",
            "xqpr_device=" + cookie.value(),
            "qpr_device=" + cookie.value() + "x",
            "qpr_device=\"" + cookie.value() + "\"",
            "qpr_device=" + "A".repeat(10_000),
            "qpr_device=" + "é".repeat(22))) {
      assertThat(DeviceCookie.in(List.of(garbage))).as(garbage).isNull();
    }
    assertThat(DeviceCookie.in(List.of())).isNull();
  }

  private static DeviceKeys keys(byte[] secret) {
    return new DeviceKeys(DeviceSecrets.Fixed.of(secret));
  }

  private static Device.Seen seen(String address, String agent, String language) {
    return new Device.Seen(InetAddress.ofLiteral(address), agent, language);
  }
}
