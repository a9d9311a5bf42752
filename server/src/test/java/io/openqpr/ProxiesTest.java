package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The proxies that most people have, set up as the manual says, in front of the real server: what
/// is left out for want of a proxy is told as skipped.
class ProxiesTest {

  @TempDir Path folder;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @ParameterizedTest
  @EnumSource
  void everythingGoesThrough(Proxy.Kind kind) throws Exception {
    assumeTrue(kind.isThere(), () -> "left out, since it is not installed: " + kind);
    Path own = Files.createDirectories(folder.resolve("proxy"));
    try (var server = TestServer.behindProxies(folder.resolve("data"), "127.0.0.1/32");
        Proxy proxy = Proxy.start(kind, own, server.port())) {
      String url = "http://127.0.0.1:" + proxy.port();
      JsonNode code = server.createCode("n");

      String shortId = code.get("short_id").stringValue();

      peopleAreToldApart(server, code, url + "/s/" + shortId);
      picturesAreCached(url + "/qr/" + shortId + ".png");
      filesGoInAndOut(url, code.get("id").stringValue());
      whatIsRefusedPoisonsNothing(url);
    }
  }

  /// Two people with phones alike: they are told apart only by where they come from.
  private static void peopleAreToldApart(TestServer server, JsonNode code, String url)
      throws Exception {
    for (String address : new String[] {"127.0.0.9", "127.0.0.10", "127.0.0.9"}) {
      try (HttpClient person =
          HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(address)).build()) {
        var scan =
            HttpRequest.newBuilder(URI.create(url + "?utm_source=a"))
                .header("User-Agent", UserAgents.IPHONE)
                .header("Accept-Language", "de");
        HttpResponse<String> answer = person.send(scan.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).isPresent();
      }
    }
    JsonNode counted =
        server.json("/v1/qpr-codes/" + code.get("id").stringValue() + "/analytics?period=all");
    assertThat(counted.get("scans_total").intValue()).isEqualTo(3);
    assertThat(counted.get("scans_unique_devices").intValue()).isEqualTo(2);
  }

  private void picturesAreCached(String url) throws Exception {
    var get = HttpRequest.newBuilder(URI.create(url));
    HttpResponse<byte[]> whole = client.send(get.build(), BodyHandlers.ofByteArray());
    assertThat(whole.statusCode()).isEqualTo(200);
    HttpResponse<byte[]> head = client.send(get.HEAD().build(), BodyHandlers.ofByteArray());
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(whole.body().length);
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> same =
        client.send(
            HttpRequest.newBuilder(URI.create(url)).header("If-None-Match", tag).build(),
            BodyHandlers.ofByteArray());
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.headers().firstValue("Content-Length")).isNotEqualTo(Optional.of("0"));
  }

  private void filesGoInAndOut(String url, String code) throws Exception {
    var lines = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      lines.append(
          "{\"id\":\"own%d\",\"qpr_code_id\":\"%s\",\"scanned_at\":\"2026-03-01T10:00:00Z\"}\n"
              .formatted(i, code));
    }
    HttpResponse<String> imported =
        client.send(
            request(url, "/v1/scans/import")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines.toString()))
                .build(),
            BodyHandlers.ofString());
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
    HttpResponse<String> exported =
        client.send(request(url, "/v1/scans/export").build(), BodyHandlers.ofString());
    assertThat(exported.body().lines()).as(imported.body()).hasSize(5_003);
  }

  private static void whatIsRefusedPoisonsNothing(String url) throws Exception {
    byte[] hidden =
        "DELETE /v1/scans HTTP/1.1\r\nHost: x\r\n\r\n"
            .repeat(100_000)
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 5; i++) {
      var large =
          request(url, "/v1/qpr-codes")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(hidden));
      assertThat(answer(large).statusCode()).isEqualTo(413);
      var small = request(url, "/v1/nope").POST(BodyPublishers.ofByteArray(hidden, 0, 400));
      assertThat(answer(small).statusCode()).isEqualTo(404);
      HttpResponse<String> next = answer(request(url, "/v1/qpr-codes"));
      assertThat(next.statusCode()).isEqualTo(200);
      assertThat(TestServer.parse(next).get("total").intValue()).isEqualTo(1);
    }
  }

  /// Over a connection of its own: a proxy ends the one on which a body came that nobody read, and
  /// whether a client sees that before it sends the next request is a matter of chance.
  private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
    try (HttpClient once = HttpClient.newHttpClient()) {
      return once.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static HttpRequest.Builder request(String url, String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + TestServer.KEY);
  }
}
