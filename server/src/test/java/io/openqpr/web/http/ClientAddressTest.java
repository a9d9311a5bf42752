package io.openqpr.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

  private static final String PROXY = "10.1.2.3";
  private static final ClientAddress PROXIES =
      new ClientAddress(Stream.of("10.0.0.0/8", "fd00::/8").map(Cidr::parse).toList());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9 | 203.0.113.9",
        // What the client itself claimed stands further left.
        "1.1.1.1, 203.0.113.9 | 203.0.113.9",
        "203.0.113.9, 10.9.9.9 | 203.0.113.9",
        "203.0.113.9, 2001:db8::7, 10.9.9.9, fd00::5 | 2001:db8::7",
        "203.0.113.9:4711 | 203.0.113.9",
        "[2001:db8::7]:4711 | 2001:db8::7",
        "::ffff:203.0.113.9 | 203.0.113.9",
        // Only proxies: the furthest of them is all that is known.
        "10.9.9.9 | 10.9.9.9",
        // Garbage, and names, which must not be looked up.
        "unknown | 10.1.2.3",
        "203.0.113.9, localhost | 10.1.2.3",
        // Empty elements of a list count for nothing.
        "203.0.113.9, , 10.9.9.9 | 203.0.113.9",
        "203.0.113.9, | 203.0.113.9",
        "203.0.113.9,,, ,10.9.9.9,\t, | 203.0.113.9",
        ", 203.0.113.9 | 203.0.113.9",
        "', ,' | 10.1.2.3",
        "999.1.1.1 | 10.1.2.3",
        "'' | 10.1.2.3",
      })
  void readsFromRightToLeftAsFarAsItTrusts(String forwarded, String client) {
    assertThat(address(PROXY, List.of(forwarded))).isEqualTo(InetAddress.ofLiteral(client));
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(address(PROXY, List.of("1.1.1.1", "203.0.113.9, 10.9.9.9")))
        .isEqualTo(InetAddress.ofLiteral("203.0.113.9"));
  }

  @Test
  void whoeverIsNoProxyIsNotBelieved() {
    assertThat(address("198.51.100.1", List.of("1.1.1.1")))
        .isEqualTo(InetAddress.ofLiteral("198.51.100.1"));
    assertThat(
            new ClientAddress(List.of())
                .of(InetAddress.ofLiteral(PROXY), List.of("203.0.113.9"), List.of()))
        .isEqualTo(InetAddress.ofLiteral(PROXY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=203.0.113.9 | 203.0.113.9",
        "For=203.0.113.9;Proto=https;By=10.1.2.3 | 203.0.113.9",
        "by=10.1.2.3;for=203.0.113.9 | 203.0.113.9",
        "for=\"203.0.113.9:4711\";proto=http | 203.0.113.9",
        "for=\"[2001:db8::7]:4711\" | 2001:db8::7",
        "FOR=\"[2001:db8::7]\", for=10.9.9.9 | 2001:db8::7",
        "for=\"[::ffff:203.0.113.9]\" | 203.0.113.9",
        // What the client itself claimed stands further left.
        "for=1.1.1.1, for=203.0.113.9 | 203.0.113.9",
        "for=1.1.1.1;x=\"a, for=203.0.113.9 | 203.0.113.9",
        "for=1.1.1.1;x=\", for=\"[2001:db8::7]:4711\" | 2001:db8::7",
        "for=203.0.113.9;x=\"a, for=1.1.1.1;b\" | 203.0.113.9",
        // Hidden, garbage and names: the last known hop is all there is.
        "for=unknown | 10.1.2.3",
        "for=_hidden, for=10.9.9.9 | 10.9.9.9",
        "proto=https | 10.1.2.3",
        "for=localhost | 10.1.2.3",
        "for=999.1.1.1 | 10.1.2.3",
        "for= | 10.1.2.3",
        "xfor=203.0.113.9 | 10.1.2.3",
        "for=203.0.113.9 for=1.1.1.1 | 10.1.2.3",
        "203.0.113.9 | 10.1.2.3",
        "\" | 10.1.2.3",
        ",,, | 10.1.2.3",
      })
  void readsForwardedAlike(String forwarded, String client) {
    assertThat(PROXIES.of(InetAddress.ofLiteral(PROXY), List.of(), List.of(forwarded)))
        .isEqualTo(InetAddress.ofLiteral(client));
  }

  @Test
  void forwardedOfWhoeverIsNoProxyIsNotBelieved() {
    InetAddress stranger = InetAddress.ofLiteral("198.51.100.1");

    assertThat(PROXIES.of(stranger, List.of(), List.of("for=1.1.1.1"))).isEqualTo(stranger);
  }

  @Test
  void whereBothAreThereForwardedIsNotRead() {
    assertThat(
            PROXIES.of(
                InetAddress.ofLiteral(PROXY), List.of("203.0.113.9"), List.of("for=1.1.1.1")))
        .isEqualTo(InetAddress.ofLiteral("203.0.113.9"));
  }

  private static InetAddress address(String peer, List<String> forwardedFor) {
    return PROXIES.of(InetAddress.ofLiteral(peer), forwardedFor, List.of());
  }
}
