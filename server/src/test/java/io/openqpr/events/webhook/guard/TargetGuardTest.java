package io.openqpr.events.webhook.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.Cidr;
import io.openqpr.platform.config.Ports;
import io.openqpr.platform.config.WebhookSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetGuardTest {

  private final Map<String, List<String>> names = new HashMap<>();
  private TargetGuard guard = guard();

  @AfterEach
  void close() {
    guard.close();
  }

  private TargetGuard guard(String... opened) {
    return new TargetGuard(
        List.of(opened).stream().map(Cidr::parse).toList(),
        Ports.parse(WebhookSettings.DEFAULT_PORTS),
        this::resolve);
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    List<String> found = names.get(host);
    if (found == null) {
      throw new UnknownHostException(host);
    }
    return found.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/hooks",
        "http://example.com",
        "HTTPS://Example.COM:8443/a/b?c=d&e=%20",
        "https://xn--bcher-kva.example/",
        "https://8.8.8.8/hooks",
        "https://[2a00:1450:4001:82a::200e]/x",
        "https://fcm.googleapis.com/fcm",
        "https://fd.example.com/",
        "https://10.example.com/",
        "https://192.168.example.com/",
        "http://172.32.0.1/",
        "http://100.128.0.1/",
        "http://11.0.0.1/",
      })
  void whatIsOnTheInternetIsAllowed(String url) throws Exception {
    assertThat(guard.check(url).uri().toString()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // This machine, in every spelling.
        "http://127.0.0.1/",
        "http://127.0.0.1:8080/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.255.255.254/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://0X7F.1/",
        "http://127.0.0.0x1/",
        "http://127.0.0.01/",
        "http://0000127.0.0.1/",
        "http://127.0.0.1./",
        "http://127.1./",
        "http://0/",
        "http://0.0.0.0/",
        "http://0.0.0.0:80/",
        "http://localhost/",
        "http://LOCALHOST/",
        "http://localhost./",
        "http://a.localhost/",
        "http://localhost.localdomain/",
        "http://localtest.me/",
        "http://x.lvh.me/",
        "http://127.0.0.1.nip.io/",
        "http://7f000001.nip.io/",
        "http://a.10-0-0-1.sslip.io/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[0000::0001]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:ffff:7f00:0001]/",
        "http://[::127.0.0.1]/",
        "http://[::7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://[64:ff9b:1::a00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2002:a00:1::1]/",
        "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "http://①②⑦.⓪.⓪.①/",
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://ⓛocalhost/",
        "http://127.0.0.1%00.example.com/",
        "http://127.0.0.1%2f@example.com/",
        // Networks of somebody's own.
        "http://10.0.0.1/",
        "http://10.255.255.255/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.0.1/",
        "http://192.168.257/",
        "http://3232235521/",
        "http://100.64.0.1/",
        "http://100.127.255.255/",
        "http://169.254.1.1/",
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fec0::1]/",
        "http://[fc00::1]/",
        "http://[fdff::1]/",
        "http://intranet/",
        "http://printer.local/",
        "http://db.internal:5432/",
        "http://router.home.arpa/",
        // Where clouds tell machines about themselves.
        "http://169.254.169.254/latest/meta-data/",
        "http://0xa9fea9fe/",
        "http://2852039166/",
        "http://0251.0376.0251.0376/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/",
        "http://168.63.129.16/",
        "http://metadata.google.internal/",
        "http://metadata/",
        // Nobody's or everybody's.
        "http://224.0.0.1/",
        "http://239.255.255.255/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://192.0.2.1/",
        "http://198.51.100.1/",
        "http://203.0.113.1/",
        "http://198.18.0.1/",
        "http://198.19.255.255/",
        "http://192.0.0.1/",
        "http://192.88.99.1/",
        "http://[2001:db8::1]/",
        "http://[3fff::1]/",
        "http://[ff02::1]/",
        "http://[100::1]/",
        "http://[4000::1]/",
        "http://[5f00::1]/",
        // What is no URL to post to.
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "example.com/hooks",
        "//example.com/hooks",
        "http:example.com",
        "http:///hooks",
        "http://",
        "",
        "http://user@example.com/",
        "http://user:pass@example.com/",
        "http://example.com@10.0.0.1/",
        "http://10.0.0.1#@example.com/",
        "http://10.0.0.1\\@example.com/",
        "http://example.com\\.evil.com/",
        "https://example.com/#fragment",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://example.com:-1/",
        "https://example.com:22/",
        "https://example.com:25/",
        "https://example.com./",
        "https://exa mple.com/",
        "https://example.com/\r\nX: y",
        "https://.example.com/",
        "https://example..com/",
        "https://256.1.1.1/",
        "https://1.2.3/",
        "https://1.2.3.4.5/",
        "https://[1.2.3.4]/",
        "https://[::1/",
      })
  void everythingElseIsRefused(String url) {
    assertThatThrownBy(() -> guard.check(url))
        .isInstanceOf(TargetRefusedException.class)
        .hasMessageNotContaining("null");
  }

  @Test
  void aNameIsWhatItsAddressesAre() {
    names.put("mixed.example.com", List.of("8.8.8.8", "10.0.0.1"));
    names.put("inside.example.com", List.of("::ffff:192.168.0.1"));

    for (String name : names.keySet()) {
      assertThatThrownBy(() -> guard.check("https://" + name + "/"))
          .isInstanceOf(TargetRefusedException.class)
          .hasMessageContaining("leads to an address that is set aside for a private network")
          .hasMessageNotContaining("192.168");
    }
  }

  @Test
  void aNameThatMeansAnotherAddressTheNextMomentGetsNowhere() throws Exception {
    names.put("rebinding.example.com", List.of("8.8.8.8"));
    TargetUrl target = guard.check("https://rebinding.example.com/");
    names.put("rebinding.example.com", List.of("127.0.0.1"));

    assertThatThrownBy(() -> guard.addresses(target, Duration.ofSeconds(1)))
        .isInstanceOf(TargetRefusedException.class);
    assertThat(guard.allows(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
  }

  @Test
  void theOperatorOpensNetworks() throws Exception {
    guard.close();
    guard = guard("10.1.0.0/16", "fd00:1::/32", "127.0.0.0/8");
    names.put("hooks.internal", List.of("10.1.2.3"));

    guard.check("http://10.1.255.1:9000/");
    guard.check("http://hooks.internal/");
    guard.check("http://[fd00:1::5]/");
    for (String url :
        List.of("http://10.2.0.1/", "http://[fd00:2::5]/", "http://169.254.169.254/")) {
      assertThatThrownBy(() -> guard.check(url)).isInstanceOf(TargetRefusedException.class);
    }
  }

  @Test
  void aDnsThatNeverAnswersHoldsNobodyUp() throws Exception {
    guard.close();
    var never = new CountDownLatch(1);
    guard =
        new TargetGuard(
            List.of(),
            Ports.parse("443"),
            host -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new UnknownHostException(host);
            });
    TargetUrl target = guard.parse("https://slow.example.com/");
    for (int i = 0; i < 40; i++) { // more than there are threads
      assertThatThrownBy(() -> guard.addresses(target, Duration.ofMillis(10)))
          .isInstanceOf(UnknownHostException.class);
    }
  }
}
