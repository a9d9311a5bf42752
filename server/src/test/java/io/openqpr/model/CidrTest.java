package io.openqpr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranges of addresses, as they are read, compared and written.
class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.255, true",
    "203.0.113.0/24, 203.0.114.0, false",
    "203.0.113.128/25, 203.0.113.127, false",
    "203.0.113.7, 203.0.113.7, true",
    "203.0.113.7, 203.0.113.8, false",
    "203.0.113.0/24, ::ffff:203.0.113.9, true",
    "::ffff:203.0.113.0/120, 203.0.113.9, true",
    "::ffff:cb00:7100/120, 203.0.114.9, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::/1, 1.2.3.4, false",
  })
  void holdsTheAddressesThatBeginAlike(String range, String address, boolean held) {
    assertThat(Cidr.parse(range).contains(InetAddress.ofLiteral(address))).isEqualTo(held);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.0/24",
    "203.0.113.7/32, 203.0.113.7",
    "0.0.0.0/0, 0.0.0.0/0",
    "::ffff:203.0.113.0/120, 203.0.113.0/24",
    "::FFFF:0:0/96, 0.0.0.0/0",
    "2001:DB8:0:0::/32, 2001:db8::/32",
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0:3:4:5:6:7:8, 2001:0:3:4:5:6:7:8",
    "2001:10:0:0:5:6:7:80, 2001:10::5:6:7:80",
    "::, ::",
    "::1/128, ::1",
    "::/0, ::/0",
  })
  void isWrittenInOneWay(String text, String written) {
    Cidr range = Cidr.parse(text);
    assertThat(range.text()).isEqualTo(written);
    assertThat(Cidr.parse(written)).isEqualTo(range);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7/24, 203.0.113.0/24",
    "203.0.113.255/25, 203.0.113.128/25",
    "203.0.113.7, 203.0.113.7",
    "9.9.9.9/0, 0.0.0.0/0",
    "2001:db8:ffff::1/33, 2001:db8:8000::/33",
  })
  void isNamedByItsFirstAddress(String text, String first) {
    assertThat(Cidr.parse(text).fromFirst().text()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10",
        "10.1/16",
        "10.0.0.0.0",
        "256.0.0.1",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "10.0.0.0/99999999999",
        "::/129",
        "::ffff:10.0.0.0/95",
        "[::1]",
        "::1%1",
        ":::",
        "localhost",
        "10.0.0.1:80",
        " 10.0.0.1",
        "١٠.0.0.1",
      })
  void refusesWhatIsNoRange(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
  }
}
