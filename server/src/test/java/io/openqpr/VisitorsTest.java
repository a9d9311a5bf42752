package io.openqpr;

import static io.openqpr.UserAgents.DESKTOP;
import static io.openqpr.UserAgents.IPHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.config.DeviceRotation;
import io.openqpr.platform.config.DeviceSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Which visitors are counted as one, and what of them is kept, over HTTP.
class VisitorsTest {

  @TempDir Path directory;

  @Test
  void distinctDevicesAreCountedByAddressAndAgent() {
    try (var server = TestServer.behindProxies(directory, "127.0.0.0/8")) {
      JsonNode code = server.createCode("n");
      server.scan(code, "User-Agent", IPHONE, "X-Forwarded-For", "203.0.113.7");
      server.scan(code, "User-Agent", IPHONE, "X-Forwarded-For", "203.0.113.7");
      server.scan(code, "User-Agent", IPHONE, "X-Forwarded-For", "203.0.113.8");
      server.scan(code, "User-Agent", DESKTOP, "X-Forwarded-For", "203.0.113.8");
      server.scan(code, "User-Agent", DESKTOP, "X-Forwarded-For", "198.51.100.1, 203.0.113.8");

      JsonNode analytics = analytics(server, code);
      assertThat(analytics.get("scans_total").intValue()).isEqualTo(5);
      assertThat(analytics.get("scans_unique_devices").intValue()).isEqualTo(3);
    }
  }

  @Test
  void forwardedAddressesOfStrangersAreNotBelieved() {
    try (var server = TestServer.in(directory)) {
      JsonNode code = server.createCode("n");
      server.scan(code, "User-Agent", IPHONE, "X-Forwarded-For", "203.0.113.7");
      server.scan(code, "User-Agent", IPHONE, "X-Forwarded-For", "203.0.113.8");

      assertThat(analytics(server, code).get("scans_unique_devices").intValue()).isEqualTo(1);
    }
  }

  @Test
  void languagesTellDevicesApart() {
    try (var server = TestServer.in(directory)) {
      JsonNode code = server.createCode("n");
      server.scan(code, "User-Agent", IPHONE, "Accept-Language", "de");
      server.scan(code, "User-Agent", IPHONE, "Accept-Language", "de,en;q=0.5");
      server.scan(code, "User-Agent", IPHONE, "Accept-Language", "en");

      assertThat(analytics(server, code).get("scans_unique_devices").intValue()).isEqualTo(2);
    }
  }

  @Test
  void aDeviceWithItsCookieIsOneWhereverItIs() {
    var devices = new DeviceSettings(null, true);
    try (var server = TestServer.recognising(directory, devices, Clock.systemUTC())) {
      JsonNode code = server.createCode("n");
      String cookie = setCookie(server, code, "203.0.113.7", "").orElseThrow();
      assertThat(cookie)
          .matches(
              "qpr_device=[A-Za-z0-9_-]{22}; Max-Age=31536000; Path=/s/; Secure; HttpOnly; SameSite=Lax");

      String kept = cookie.split(";")[0];
      assertThat(setCookie(server, code, "198.51.100.9", kept)).isEmpty();
      assertThat(analytics(server, code).get("scans_unique_devices").intValue()).isEqualTo(1);

      assertThat(setCookie(server, code, "203.0.113.7", "qpr_device=garbage")).isPresent();
      assertThat(analytics(server, code).get("scans_unique_devices").intValue()).isEqualTo(2);
    }
  }

  @Test
  void noCookieIsSetUnlessTheOperatorWantsIt() {
    try (var server = TestServer.in(directory)) {
      JsonNode code = server.createCode("n");
      assertThat(setCookie(server, code, "203.0.113.7", "qpr_device=x")).isEmpty();
    }
  }

  @Test
  void aDeviceCountsOnceInEachPeriodOfARotation() {
    var now = new AtomicReference<>(Instant.parse("2026-11-29T23:59:59.999Z"));
    InstantSource watch = now::get;
    Clock clock = watch.withZone(ZoneOffset.UTC);
    var devices = new DeviceSettings(DeviceRotation.MONTHLY, false);
    JsonNode code;
    try (var server = TestServer.recognising(directory, devices, clock)) {
      code = server.createCode("n");
      server.scan(code, "User-Agent", IPHONE);
      now.set(Instant.parse("2026-11-30T23:59:59.999Z"));
      server.scan(code, "User-Agent", IPHONE);
      assertThat(analytics(server, code).get("scans_unique_devices").intValue()).isEqualTo(1);
      now.set(Instant.parse("2026-12-01T00:00:00Z"));
      server.scan(code, "User-Agent", IPHONE);
      assertThat(analytics(server, code).get("scans_unique_devices").intValue()).isEqualTo(2);
    }
    try (var server = TestServer.recognising(directory, devices, clock)) {
      server.scan(code, "User-Agent", IPHONE);
      assertThat(analytics(server, code).get("scans_unique_devices").intValue()).isEqualTo(2);
    }
  }

  private static Optional<String> setCookie(
      TestServer server, JsonNode code, String address, String cookie) {
    var request =
        HttpRequest.newBuilder(
                URI.create(server.url() + "/s/" + code.get("short_id").stringValue()))
            .header("User-Agent", IPHONE)
            .header("X-Forwarded-For", address);
    if (!cookie.isEmpty()) {
      request.header("Cookie", "theme=dark; " + cookie);
    }
    return server.send(request).headers().firstValue("Set-Cookie");
  }

  @Test
  void whoObjectsIsCountedWithoutPlaceAndAsADeviceOfTheirOwn() {
    try (var server = TestServer.behindProxies(directory, "127.0.0.0/8")) {
      JsonNode code = server.createCode("n");
      for (String signal : List.of("Sec-GPC", "DNT")) {
        for (int times = 0; times < 2; times++) {
          scanFromGermany(server, code, signal, "1");
        }
      }

      JsonNode analytics = analytics(server, code);
      assertThat(analytics.get("scans_total").intValue()).isEqualTo(4);
      assertThat(analytics.get("scans_unique_devices").intValue()).isEqualTo(4);
      assertThat(analytics.get("top_countries")).isEmpty();
      JsonNode newest = server.json("/v1/scans").get("scans").get(0);
      assertThat(newest.get("device").stringValue()).isEqualTo("mobile");
      JsonNode held = server.json("/v1/scans/" + newest.get("id").stringValue() + "/device");
      assertThat(held.get("scans")).hasSize(1);
    }
  }

  @Test
  void whoObjectsGetsNoCookieAndKeepsLanguageAndReferrerToThemselves() {
    var devices = new DeviceSettings(null, true);
    try (var server = TestServer.recognising(directory, devices, Clock.systemUTC())) {
      JsonNode code = server.createCode("n");
      var answer =
          server.visit(
              code, "Sec-GPC", "1", "Accept-Language", "de", "Referer", "https://news.example/x");

      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      JsonNode details = server.json("/v1/scans?expand=details").get("scans").get(0).get("details");
      assertThat(details.get("os").stringValue()).isEqualTo("iOS");
      assertThat(details.get("language").isNull()).isTrue();
      assertThat(details.get("referrer").isNull()).isTrue();
    }
  }

  @Test
  void whoDoesNotObjectHasPlaceAndDevice() {
    try (var server = TestServer.behindProxies(directory, "127.0.0.0/8")) {
      JsonNode code = server.createCode("n");
      scanFromGermany(server, code, "Sec-GPC", "0");
      scanFromGermany(server, code, "DNT", "0");

      assertOneGermanDevice(analytics(server, code));
    }
  }

  @Test
  void anOperatorMayIgnoreObjections() {
    try (var server = TestServer.ignoringSignals(directory)) {
      JsonNode code = server.createCode("n");
      scanFromGermany(server, code, "Sec-GPC", "1");
      scanFromGermany(server, code, "DNT", "1");

      assertOneGermanDevice(analytics(server, code));
    }
  }

  private static void scanFromGermany(
      TestServer server, JsonNode code, String signal, String value) {
    server.scan(code, "User-Agent", IPHONE, "CF-IPCountry", "DE", signal, value);
  }

  private static void assertOneGermanDevice(JsonNode analytics) {
    assertThat(analytics.get("scans_total").intValue()).isEqualTo(2);
    assertThat(analytics.get("scans_unique_devices").intValue()).isEqualTo(1);
    assertThat(analytics.get("top_countries").get(0).get("country").stringValue()).isEqualTo("DE");
  }

  private static JsonNode analytics(TestServer server, JsonNode code) {
    return server.json("/v1/qpr-codes/" + code.get("id").stringValue() + "/analytics");
  }
}
