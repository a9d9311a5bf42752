package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The API's description says what the server does: every route, parameter and field of one is in
/// the other, and real answers are as described.
class OpenApiTest {

  private static final Pattern KNOWN = Pattern.compile("Known: (.*)\\.$");
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete");

  /// Nobody listens there.
  private static final String WEBHOOK =
      "{\"url\": \"http://127.0.0.1:1025/\", \"events\": [\"scan.created\"]}";

  @TempDir static Path directory;
  private static TestServer server;
  private static JsonNode api;
  private static String code;
  private static String shortId;
  private static String scan;
  private static String webhook;

  @BeforeAll
  static void start() {
    server = TestServer.in(directory);
    api = server.json("/openapi.json");
    JsonNode created = server.createCode("n");
    code = created.get("id").stringValue();
    shortId = created.get("short_id").stringValue();
    webhook = server.json("POST", "/v1/webhooks", WEBHOOK).get("id").stringValue();
    server.scan(created);
    scan = server.json("/v1/scans").get("scans").get(0).get("id").stringValue();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void describesEveryRouteAndNoOther() {
    Set<String> described =
        operations().map(Operation::name).collect(Collectors.toCollection(TreeSet::new));
    Set<String> answered =
        server.app().routes().stream()
            .map(route -> route.method() + " " + route.template())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).isEqualTo(answered);
    assertThat(api.get("servers").get(0).get("url").stringValue())
        .isEqualTo(server.app().publicUrl());
  }

  /// An unknown parameter is answered with the names of those that are known.
  @Test
  void describesEveryParameterAndNoOther() {
    for (Operation operation : operations().filter(Operation::isStrict).toList()) {
      HttpResponse<String> answer = operation.send("?zzzzzzzz=1", "{}");
      assertThat(answer.statusCode()).as(operation.name()).isEqualTo(400);
      assertThat(known(answer)).as(operation.name()).isEqualTo(operation.queryParameters());
    }
  }

  @Test
  void describesEveryFieldOfABodyAndNoOther() {
    for (Operation operation : operations().filter(Operation::isApi).toList()) {
      JsonNode schema = operation.bodySchema();
      if (schema != null) {
        HttpResponse<String> answer = operation.send("", "{\"zzzzzzzz\": 1}");
        assertThat(answer.statusCode()).as(operation.name()).isEqualTo(400);
        assertThat(known(answer))
            .as(operation.name())
            .isEqualTo(new TreeSet<>(schema.get("properties").propertyNames()));
      }
    }
  }

  @Test
  void realAnswersAreAsDescribed() {
    String detailed =
        """
        {"name": "n", "prompt": "p", "welcome_message": "w", "template": "retail",
         "conversation_url": "https://x.example/{scan_id}", "metadata": {"a": {"b": [1, null]}}}
        """;
    check("POST", "/v1/qpr-codes", "", detailed);
    check(
        "POST",
        "/v1/qpr-codes/bulk",
        "",
        "{\"codes\": [{\"name\": \"a\", \"prompt\": \"p\"}, {}]}");
    check("GET", "/v1/qpr-codes", "?limit=1&search=n", "");
    check("GET", "/v1/qpr-codes/{id}", "", "");
    check("PATCH", "/v1/qpr-codes/{id}", "", "{\"template\": null, \"status\": \"active\"}");
    check("GET", "/v1/scans", "?limit=1&offset=0", "");
    check("GET", "/v1/scans/{id}", "", "");
    check("GET", "/v1/scans/ignored", "?reason=preview", "");
    check("PUT", "/v1/scans/{id}/conversation", "", "{\"messages\": 3, \"status\": \"open\"}");
    check("POST", "/v1/scans/import", "", "{\"id\": \"x\"}");
    check("GET", "/v1/scans/export", "?format=csv", "");
    for (String granularity : List.of("hour", "day", "week")) {
      check("GET", "/v1/qpr-codes/{id}/analytics", "?period=all&granularity=" + granularity, "");
      check("GET", "/v1/analytics", "?timezone=Asia/Tokyo&granularity=" + granularity, "");
    }
    String rich =
        "?period=mtd&granularity=month&breakdowns=country,device&compare=previous&funnel=true";
    check("GET", "/v1/qpr-codes/{id}/analytics", rich, "");
    check("GET", "/v1/analytics", rich, "");
    String broken = "?by=device,params.utm_source&funnel=true";
    check("GET", "/v1/qpr-codes/{id}/analytics/breakdown", broken, "");
    check("GET", "/v1/analytics/breakdown", broken, "");
    check("GET", "/v1/scans", "?country.not=DE&hour=1,2&timezone=Asia/Tokyo", "");
    check("GET", "/v1/events", "?limit=200", "");
    check("GET", "/v1/account", "", "");
    check("PATCH", "/v1/account", "", "{\"retention_days\": 30}");
    check("GET", "/v1/scans/{id}/device", "", "");
    check("POST", "/v1/api-keys", "", "{\"name\": \"n\", \"scopes\": [\"import\"]}");
    check("GET", "/v1/api-keys", "", "");
    check("POST", "/v1/ignore-rules", "", "{\"address_range\": \"2001:db8::/48\"}");
    check(
        "POST",
        "/v1/ignore-rules",
        "",
        "{\"agent_word\": \"Kiosk\", \"qpr_code_id\": \"" + code + "\"}");
    check("GET", "/v1/ignore-rules", "", "");
    check("POST", "/v1/webhooks", "", WEBHOOK);
    check("GET", "/v1/webhooks", "", "");
    check("GET", "/v1/webhooks/{id}", "", "");
    check(
        "PATCH",
        "/v1/webhooks/{id}",
        "",
        """
        {"description": "d", "filters": {"country": "DE"}, "headers": {"X-A": "b"}, "rate": 5,
         "resume_from": "now", "active": true}
        """);
    check("POST", "/v1/webhooks/{id}/rotate", "", "{}");
    check("POST", "/v1/webhooks/{id}/test", "", "{}");
    check("GET", "/v1/webhooks/{id}/deliveries", "?limit=1", "");
    check("POST", "/v1/webhooks/{id}/resends", "", "{}");
    check("DELETE", "/v1/webhooks/{id}", "", "");
    check("GET", "/s/{short_id}", "", "");
    check("GET", "/qr/{file}", "?size=100", "");
    check("GET", "/health/live", "", "");
    check("GET", "/health/ready", "", "");
    check("GET", "/metrics", "", "");
    check("GET", "/docs", "", "");
    check("GET", "/openapi.json", "", "");
    check("DELETE", "/v1/scans/{id}/device", "", "");
  }

  @Test
  void problemsAreAsDescribed() {
    for (Operation operation : operations().filter(Operation::isApi).toList()) {
      operation.check(operation.send("?zzzzzzzz=1", "{}"), 400);
      operation.check(
          server.send(operation.request("", "{}").setHeader("Authorization", "Bearer none")),
          operation.path.equals("/v1/accounts") ? 403 : 401);
    }
  }

  @Test
  void thePageForPeopleUsesNothingFromElsewhere() {
    HttpResponse<String> page = server.get("/docs");
    assertThat(page.body())
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("//");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    for (String file : List.of("swagger-ui-bundle.js", "swagger-ui.css")) {
      assertThat(page.body()).contains("docs/" + file);
      assertThat(server.get("/docs/" + file).body()).hasSizeGreaterThan(10_000);
    }
    assertThat(server.get("/docs/other.js").statusCode()).isEqualTo(404);
  }

  private static void check(String method, String path, String query, String body) {
    Operation operation =
        operations().filter(o -> o.name().equals(method + " " + path)).findFirst().orElseThrow();
    HttpResponse<String> answer = operation.send(query, body);
    operation.check(answer, path.startsWith("/s/") ? 302 : 200);
  }

  private static Set<String> known(HttpResponse<String> answer) {
    for (JsonNode error : TestServer.parse(answer).get("errors")) {
      if (error.get("field").stringValue().equals("zzzzzzzz")) {
        var known = KNOWN.matcher(error.get("message").stringValue());
        return known.find() ? new TreeSet<>(List.of(known.group(1).split(", "))) : Set.of();
      }
    }
    throw new AssertionError(answer.body());
  }

  private static Stream<Operation> operations() {
    var operations = new ArrayList<Operation>();
    for (var path : api.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          operations.add(
              new Operation(
                  operation.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  operation.getValue()));
        }
      }
    }
    return operations.stream();
  }

  private record Operation(String method, String path, JsonNode described) {

    String name() {
      return method + " " + path;
    }

    boolean isApi() {
      return path.startsWith("/v1/");
    }

    boolean isStrict() {
      return isApi() || path.startsWith("/qr/");
    }

    Set<String> queryParameters() {
      var names = new TreeSet<String>();
      for (JsonNode each : described.path("parameters")) {
        JsonNode parameter = resolved(each);
        if (parameter.get("in").stringValue().equals("query")) {
          names.add(parameter.get("name").stringValue());
        }
      }
      return names;
    }

    /// Of a JSON body; `null` where there is none.
    JsonNode bodySchema() {
      JsonNode json = described.path("requestBody").path("content").path("application/json");
      return json.isMissingNode() ? null : resolved(json.get("schema"));
    }

    HttpResponse<String> send(String query, String body) {
      return server.send(request(query, body));
    }

    HttpRequest.Builder request(String query, String body) {
      String target =
          path.replace("/qr/{file}", "/qr/" + shortId + ".svg")
              .replace("{short_id}", shortId)
              .replace("{delivery}", "att_none")
              .replace("{resend}", "resend_none")
              .replace(
                  "{id}",
                  path.contains("/scans/") ? scan : path.contains("/webhooks/") ? webhook : code);
      HttpRequest.Builder request = server.request(target + query);
      if (path.equals("/v1/accounts")) {
        request.setHeader("Authorization", "Bearer " + TestServer.OPERATOR_KEY);
      }
      String type = path.endsWith("/import") ? "application/x-ndjson" : "application/json";
      return request.header("Content-Type", type).method(method, BodyPublishers.ofString(body));
    }

    /// The answer has this status, which is described, and a body of a described type that matches
    /// its schema.
    void check(HttpResponse<String> answer, int status) {
      assertThat(answer.statusCode()).as("%s: %s", name(), answer.body()).isEqualTo(status);
      JsonNode response = described.get("responses").path(String.valueOf(status));
      assertThat(response.isMissingNode()).as("%s %d is described", name(), status).isFalse();
      JsonNode content = response.path("content");
      if (content.isMissingNode()) {
        assertThat(answer.body()).as(name()).isEmpty();
        return;
      }
      String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
      assertThat(content.propertyNames()).as(name()).contains(type);
      if (type.endsWith("json") && !type.endsWith("ndjson")) {
        JsonNode body = TestServer.parse(answer);
        assertThat(schema(content.get(type).get("schema")).validate(body))
            .as("%s: %s", name(), body)
            .isEmpty();
      }
    }

    private static JsonNode resolved(JsonNode schema) {
      JsonNode reference = schema.get("$ref");
      return reference == null ? schema : api.at(reference.stringValue().substring(1));
    }

    private static Schema schema(JsonNode schema) {
      ObjectNode whole = (ObjectNode) schema.deepCopy();
      whole.set("components", api.get("components"));
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole);
    }
  }
}
