package io.openqpr;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/// For every route the request that takes most of the heap, as far as one can tell. A route without
/// one is missed by the test that asks them.
final class WorstRequests {

  private static final String LONG_AGENT = "Mozilla/5.0 (Linux; " + "HTC_".repeat(3_500);

  private static final String EVERYTHING =
      "&breakdowns=country,city,device,hour,params.utm_source,metadata.a&funnel=true";

  private static final String BROKEN_DOWN =
      "?period=all&by=metadata.a,hour&timezone=Africa/Casablanca&limit=90&funnel=true";

  private static final String HOURS = "?period=all&granularity=hour&timezone=Asia/Kathmandu";

  private final String url;
  private final String codeId;
  private final String shortId;
  private final String scanId;
  private final String webhookId;
  private final AtomicInteger counter = new AtomicInteger();
  private final Map<String, Supplier<HttpRequest>> byRoute = new TreeMap<>();
  private final byte[] logo = logo();

  /// @param webhookId of one that nobody answers
  WorstRequests(String url, String codeId, String shortId, String scanId, String webhookId) {
    this.url = url;
    this.codeId = codeId;
    this.shortId = shortId;
    this.scanId = scanId;
    this.webhookId = webhookId;
    codes();
    scans();
    webhooks();
    pages();
    account();
  }

  /// By method and template.
  Map<String, Supplier<HttpRequest>> byRoute() {
    return byRoute;
  }

  private void codes() {
    json("POST /v1/qpr-codes", "/v1/qpr-codes", () -> code(true));
    json("POST /v1/qpr-codes/bulk", "/v1/qpr-codes/bulk", () -> bulk(30));
    get("GET /v1/qpr-codes", () -> "/v1/qpr-codes?limit=200");
    get("GET /v1/qpr-codes/{id}", () -> "/v1/qpr-codes/" + codeId);
    json("PATCH /v1/qpr-codes/{id}", "/v1/qpr-codes/" + codeId, this::deepMetadata);
    get("DELETE /v1/qpr-codes/{id}", () -> "/v1/qpr-codes/qpr_none");
    get("GET /v1/qpr-codes/{id}/analytics", () -> "/v1/qpr-codes/" + codeId + "/analytics" + HOURS);
    get(
        "GET /v1/qpr-codes/{id}/analytics/breakdown",
        () -> "/v1/qpr-codes/" + codeId + "/analytics/breakdown" + BROKEN_DOWN);
    get("GET /qr/{file}", () -> "/qr/" + shortId + ".png?size=4096&logo=true&fg=" + colour());
    body("PUT /v1/logo", "/v1/logo", "image/png", () -> BodyPublishers.ofByteArray(logo));
    get("GET /v1/logo", () -> "/v1/logo");
    get("DELETE /v1/logo", () -> "/v1/logo?wrong=" + "x".repeat(7_000));
    json("POST /v1/ignore-rules", "/v1/ignore-rules", () -> values(8_000));
    get("GET /v1/ignore-rules", () -> "/v1/ignore-rules");
    get("DELETE /v1/ignore-rules/{id}", () -> "/v1/ignore-rules/none");
  }

  private void scans() {
    get("GET /v1/scans", () -> "/v1/scans?limit=200&expand=details");
    get("GET /v1/scans/{id}", () -> "/v1/scans/" + scanId);
    get("DELETE /v1/scans/{id}", () -> "/v1/scans/scan_none");
    get("GET /v1/scans/{id}/device", () -> "/v1/scans/" + scanId + "/device");
    get("DELETE /v1/scans/{id}/device", () -> "/v1/scans/scan_none/device");
    get("GET /v1/scans/ignored", () -> "/v1/scans/ignored?limit=200");
    get("DELETE /v1/scans/ignored/{id}", () -> "/v1/scans/ignored/none");
    json("POST /v1/scans/ignored/{id}/count", "/v1/scans/ignored/none/count", () -> "");
    json(
        "PUT /v1/scans/{id}/conversation",
        "/v1/scans/" + scanId + "/conversation",
        () -> values(2_000));
    get("GET /v1/events", () -> "/v1/events?limit=200");
    // Its answer has no end, so that one that is refused has to do.
    get("GET /v1/events/stream", () -> "/v1/events/stream?after=" + "x".repeat(7_000));
    get("GET /v1/analytics", () -> "/v1/analytics" + HOURS + EVERYTHING);
    get("GET /v1/analytics/breakdown", () -> "/v1/analytics/breakdown" + BROKEN_DOWN);
    get("GET /v1/scans/export", () -> "/v1/scans/export?format=parquet&expand=details");
    body(
        "POST /v1/scans/import",
        "/v1/scans/import",
        "application/x-ndjson",
        () -> BodyPublishers.ofString(lines(3_000)));
  }

  private void webhooks() {
    String one = "/v1/webhooks/" + webhookId;
    json("POST /v1/webhooks", "/v1/webhooks", () -> values(60_000));
    get("GET /v1/webhooks", () -> "/v1/webhooks");
    get("GET /v1/webhooks/{id}", () -> one);
    json("PATCH /v1/webhooks/{id}", one, this::headers);
    get("DELETE /v1/webhooks/{id}", () -> "/v1/webhooks/wh_none");
    json("POST /v1/webhooks/{id}/rotate", one + "/rotate", () -> "{}");
    json("POST /v1/webhooks/{id}/test", one + "/test", () -> "{}");
    get("GET /v1/webhooks/{id}/deliveries", () -> one + "/deliveries?limit=200");
    json(
        "POST /v1/webhooks/{id}/deliveries/{delivery}/resend",
        one + "/deliveries/none/resend",
        () -> "");
    json("POST /v1/webhooks/{id}/resends", one + "/resends", () -> "{}");
    get("GET /v1/webhooks/{id}/resends/{resend}", () -> one + "/resends/none");
  }

  /// As many and as long ones as there may be.
  private String headers() {
    var headers = new StringJoiner(", ");
    for (int i = 0; i < 20; i++) {
      headers.add("\"X-H%d\": \"%s\"".formatted(i, "x".repeat(500)));
    }
    return "{\"headers\": {%s}, \"batch\": 100}".formatted(headers);
  }

  private void pages() {
    get("GET /s/{short_id}", () -> "/s/" + shortId + "?utm_source=" + "%C3%A4".repeat(1_200));
    get("HEAD /s/{short_id}", () -> "/s/" + shortId + "?utm_source=" + "x".repeat(7_000));
    get("GET /c/{token}", () -> "/c/" + "x".repeat(7_000));
    get("GET /openapi.json", () -> "/openapi.json");
    get("GET /docs", () -> "/docs");
    get("GET /docs/{file}", () -> "/docs/swagger-ui-bundle.js");
    get("GET /health/live", () -> "/health/live");
    get("GET /health/ready", () -> "/health/ready");
    get("GET /metrics", () -> "/metrics");
  }

  private void account() {
    json("POST /v1/api-keys", "/v1/api-keys", () -> values(8_000));
    get("GET /v1/api-keys", () -> "/v1/api-keys");
    get("DELETE /v1/api-keys/{id}", () -> "/v1/api-keys/none");
    json("POST /v1/accounts", "/v1/accounts", () -> values(2_000));
    get("GET /v1/account", () -> "/v1/account");
    json("PATCH /v1/account", "/v1/account", () -> values(2_000));
  }

  private void get(String route, Supplier<String> path) {
    String method = route.substring(0, route.indexOf(' '));
    byRoute.put(route, () -> request(path.get()).method(method, BodyPublishers.noBody()).build());
  }

  private void json(String route, String path, Supplier<String> body) {
    body(route, path, "application/json", () -> BodyPublishers.ofString(body.get()));
  }

  private void body(String route, String path, String type, Supplier<BodyPublisher> body) {
    String method = route.substring(0, route.indexOf(' '));
    byRoute.put(
        route,
        () -> {
          var request = request(path).header("Content-Type", type).method(method, body.get());
          // Kept answers take most.
          return method.equals("POST")
              ? request.header("Idempotency-Key", "k" + counter.incrementAndGet()).build()
              : request.build();
        });
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + TestServer.KEY)
        .header("User-Agent", counter.incrementAndGet() + LONG_AGENT);
  }

  private String colour() {
    return "%06x".formatted(counter.incrementAndGet() % 0x40);
  }

  /// Of the longest texts, in letters that take two bytes everywhere.
  String code(boolean withMetadata) {
    String metadata = withMetadata ? "{\"m\": \"%s\"}".formatted("ä".repeat(4_000)) : "{}";
    return "{\"name\": \"%s\", \"prompt\": \"%s\", \"welcome_message\": \"%s\", \"metadata\": %s}"
        .formatted("ä".repeat(200), "ж".repeat(20_000), "ж".repeat(2_000), metadata);
  }

  String bulk(int codes) {
    return "{\"codes\": [%s]}".formatted(String.join(",", Collections.nCopies(codes, code(true))));
  }

  /// Half a million bytes of the smallest values.
  private String deepMetadata() {
    return "{\"metadata\": {\"m\": %s}}".formatted(array(120_000));
  }

  private static String values(int bytes) {
    return "{\"name\": %s}".formatted(array(bytes / 4));
  }

  private static String array(int length) {
    return "[" + "[],".repeat(length) + "1]";
  }

  private String lines(int lines) {
    String params = "ä".repeat(1_500);
    var text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(
          """
          {"id": "scan_i%d", "qpr_code_id": "%s", "scanned_at": "2024-05-01T10:00:00Z", \
          "params": {"utm_source": "%s"}}
          """
              .formatted(counter.incrementAndGet(), codeId, params));
    }
    return text.toString();
  }

  /// As many pixels as a logo may have, in half of the bytes.
  private static byte[] logo() {
    var image = new BufferedImage(2_048, 2_048, BufferedImage.TYPE_USHORT_GRAY);
    var random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      image.setRGB(random.nextInt(2_048), random.nextInt(2_048), random.nextInt());
    }
    var file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
