package io.openqpr.events.webhook.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.events.webhook.guard.TargetGuard;
import io.openqpr.model.Cidr;
import io.openqpr.platform.config.Ports;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Only receivers that prove who they are.
class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @TempDir Path directory;

  @Test
  void aTrustedCertificateOfTheNameIsTaken() throws Exception {
    KeyStore store = certificate("-ext", "san=dns:receiver.example.com");
    Outcome outcome = post(store, store);

    assertThat(outcome.isSuccess()).as(String.valueOf(outcome)).isTrue();
    assertThat(outcome.phases().tls()).isGreaterThan(outcome.phases().connect());
  }

  @Test
  void oneOfAnotherNameIsNot() throws Exception {
    KeyStore store = certificate("-ext", "san=dns:other.example.com");
    Outcome outcome = post(store, store);

    assertThat(outcome.failure()).isEqualTo(Failure.TLS);
    assertThat(outcome.detail()).isEqualTo("The certificate is for another name.");
  }

  @Test
  void anExpiredOneIsNot() throws Exception {
    KeyStore store =
        certificate("-ext", "san=dns:receiver.example.com", "-startdate", "-10d", "-validity", "5");
    Outcome outcome = post(store, store);

    assertThat(outcome.failure()).isEqualTo(Failure.TLS);
    assertThat(outcome.detail()).isEqualTo("The certificate has expired.");
  }

  @Test
  void oneThatNobodyVouchesForIsNot() throws Exception {
    KeyStore store = certificate("-ext", "san=dns:receiver.example.com");
    Outcome outcome = post(store, null);

    assertThat(outcome.failure()).isEqualTo(Failure.TLS);
    assertThat(outcome.detail()).isEqualTo("The certificate is of nobody who is trusted here.");
  }

  private static Outcome post(KeyStore own, KeyStore trusted) throws Exception {
    SSLContext server = context(own, null);
    try (var guard =
            new TargetGuard(
                List.of(Cidr.parse("127.0.0.1")),
                Ports.parse("1-65535"),
                host -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});
        var poster = new Poster(guard, context(null, trusted), Clock.systemUTC(), 1);
        var receiver =
            SocketReceiver.start(
                server.getServerSocketFactory(), socket -> SocketReceiver.write(socket, OK))) {
      String url = "https://receiver.example.com:" + receiver.port() + "/";
      Outcome outcome =
          poster.post(url, List.of(), PostBody.of("{}".getBytes()), Duration.ofSeconds(30));
      assertThat(receiver.requests).hasSize(outcome.isSuccess() ? 1 : 0);
      return outcome;
    }
  }

  /// @param trusted `null` for whom the JDK trusts
  private static SSLContext context(KeyStore own, KeyStore trusted) throws Exception {
    var keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASSWORD);
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted == null ? null : onlyAuthority(trusted));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore onlyAuthority(KeyStore store) throws Exception {
    KeyStore alone = KeyStore.getInstance("PKCS12");
    alone.load(null, PASSWORD);
    alone.setCertificateEntry("authority", store.getCertificate("authority"));
    return alone;
  }

  /// Made by the JDK's keytool, and signed by an authority of the test's own.
  private KeyStore certificate(String... options) throws Exception {
    Path file = directory.resolve("keys.p12");
    keytool(file, "authority", List.of("-ext", "bc:c"));
    var signed = new ArrayList<>(List.of("-signer", "authority"));
    signed.addAll(List.of(options));
    keytool(file, "receiver", signed);
    return read(file);
  }

  private static void keytool(Path file, String alias, List<String> options) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-storepass",
                "changeit",
                "-keystore",
                file.toString()));
    command.addAll(options);
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(keytool.waitFor()).as(keytool.inputReader().readAllAsString()).isZero();
  }

  private static KeyStore read(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = new FileInputStream(file.toFile())) {
      store.load(in, PASSWORD);
    }
    Certificate authority = store.getCertificate("authority");
    store.deleteEntry("authority");
    store.setCertificateEntry("authority", authority);
    Files.delete(file);
    return store;
  }
}
