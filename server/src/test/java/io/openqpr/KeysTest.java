package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Keys: what each opens and what it does not, over HTTP.
class KeysTest {

  @TempDir static Path directory;
  private static TestServer server;
  private static String code;
  private static String scan;

  @BeforeAll
  static void start() {
    server = TestServer.in(directory);
    JsonNode created = server.createCode("n");
    code = created.get("id").stringValue();
    server.scan(created);
    scan = server.json("/v1/scans").get("scans").get(0).get("id").stringValue();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anIdempotencyKeyIsTheCallersOwn() {
    String body = "{\"name\": \"n\"}";
    JsonNode limited =
        server.json("POST", "/v1/api-keys", "{\"name\": \"l\", \"scopes\": [\"keys:write\"]}");
    HttpResponse<String> full = server.send(repeatable(body));

    HttpResponse<String> other =
        server.send(
            repeatable(body)
                .setHeader("Authorization", "Bearer " + limited.get("key").stringValue()));

    assertThat(other.headers().firstValue("Idempotent-Replayed")).isEmpty();
    assertThat(TestServer.parse(other).get("key")).isNotEqualTo(TestServer.parse(full).get("key"));
    assertThat(TestServer.parse(other).get("scopes").size()).isEqualTo(1);
    assertThat(server.send(repeatable(body)).body()).isEqualTo(full.body());

    for (JsonNode made : List.of(limited, TestServer.parse(full), TestServer.parse(other))) {
      server.json("DELETE", "/v1/api-keys/" + made.get("id").stringValue(), "");
    }
  }

  private HttpRequest.Builder repeatable(String body) {
    return server
        .request("/v1/api-keys")
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", "same-for-both")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  @Test
  void aKeyIsShownOnceAndOpensUntilItIsRevoked() {
    JsonNode made = make("{\"name\": \"till\"}");
    String text = made.get("key").stringValue();
    assertThat(text).startsWith("3qpr_sk_live_");
    assertThat(made.propertyNames()).startsWith("id", "name", "key", "created_at");
    assertThat(status("GET", "/v1/scans", text)).isEqualTo(200);

    String list = server.get("/v1/api-keys").body();
    assertThat(list).doesNotContain(text);
    JsonNode listed = byId(made.get("id").stringValue());
    assertThat(listed.get("last_used_at").isNull()).isFalse();
    assertThat(listed.get("revoked").booleanValue()).isFalse();

    JsonNode revoked = server.json("DELETE", "/v1/api-keys/" + made.get("id").stringValue(), "");
    assertThat(revoked.get("revoked").booleanValue()).isTrue();
    assertThat(status("GET", "/v1/scans", text)).isEqualTo(403);
    assertThat(byId(made.get("id").stringValue()).get("revoked").booleanValue()).isTrue();
  }

  @Test
  void theLastUseSurvivesARestart() throws Exception {
    Path other = directory.resolve("restart");
    try (var first = TestServer.in(other)) {
      first.get("/v1/scans");
    }
    try (var second = TestServer.in(other)) {
      JsonNode key = second.json("/v1/api-keys").get("keys").get(0);
      assertThat(key.get("last_used_at").isNull()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "scans:read, GET, /v1/scans",
    "scans:read, GET, /v1/scans/{scan}",
    "scans:read, GET, /v1/scans/ignored",
    "scans:write, POST, /v1/scans/ignored/hit_none/count",
    "scans:read, GET, /v1/scans/{scan}/device",
    "scans:erase, DELETE, /v1/scans/none",
    "scans:erase, DELETE, /v1/scans/none/device",
    "scans:erase, DELETE, /v1/scans/ignored/hit_none",
    "account:write, GET, /v1/account",
    "account:write, PATCH, /v1/account",
    "analytics:read, GET, /v1/analytics",
    "analytics:read, GET, /v1/qpr-codes/{code}/analytics",
    "codes:read, GET, /v1/qpr-codes",
    "codes:read, GET, /v1/qpr-codes/{code}",
    "codes:write, POST, /v1/qpr-codes",
    "codes:write, POST, /v1/qpr-codes/bulk",
    "codes:write, PATCH, /v1/qpr-codes/{code}",
    "codes:write, DELETE, /v1/qpr-codes/{code}",
    "codes:read, GET, /v1/ignore-rules",
    "codes:write, POST, /v1/ignore-rules",
    "codes:write, DELETE, /v1/ignore-rules/rule_none",
    "conversations:write, PUT, /v1/scans/{scan}/conversation",
    "webhooks:write, POST, /v1/webhooks",
    "webhooks:read, GET, /v1/webhooks",
    "webhooks:read, GET, /v1/webhooks/wh_none",
    "webhooks:write, PATCH, /v1/webhooks/wh_none",
    "webhooks:write, DELETE, /v1/webhooks/wh_none",
    "webhooks:write, POST, /v1/webhooks/wh_none/rotate",
    "webhooks:write, POST, /v1/webhooks/wh_none/test",
    "webhooks:read, GET, /v1/webhooks/wh_none/deliveries",
    "webhooks:write, POST, /v1/webhooks/wh_none/resends",
    "keys:write, GET, /v1/api-keys",
    "keys:write, POST, /v1/api-keys",
    "keys:write, DELETE, /v1/api-keys/key_none",
  })
  void aScopeOpensItsRoutesAndNoOthers(String scope, String method, String path) {
    String all =
        "scans:read scans:write scans:erase analytics:read codes:read codes:write"
            + " conversations:write events:read webhooks:read webhooks:write keys:write account:write import";
    String others = String.join("\", \"", all.replace(scope, "").strip().split(" +"));
    String with =
        make("{\"name\": \"n\", \"scopes\": [\"" + scope + "\"]}").get("key").stringValue();
    String without =
        make("{\"name\": \"n\", \"scopes\": [\"" + others + "\"]}").get("key").stringValue();
    String target =
        path.replace("{code}", id(server.createCode("to be deleted"))).replace("{scan}", scan);

    HttpResponse<String> refused = send(method, target, without);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("`" + scope + "`");
    // Behind the gate an empty body is refused for what it is.
    assertThat(status(method, target, with)).isIn(200, 404, 415);
  }

  @Test
  void nobodyMakesAKeyThatMayDoMoreThanTheirs() {
    String limited =
        make("{\"name\": \"n\", \"scopes\": [\"keys:write\", \"scans:read\"]}")
            .get("key")
            .stringValue();

    assertThat(post(limited, "{\"name\": \"m\", \"scopes\": [\"codes:write\"]}").statusCode())
        .isEqualTo(403);
    HttpResponse<String> same = post(limited, "{\"name\": \"m\"}");
    assertThat(TestServer.parse(same).get("scopes").toString())
        .isEqualTo("[\"scans:read\",\"keys:write\"]");
  }

  @Test
  void theLastFullKeyStays() {
    String first = "";
    for (JsonNode key : server.json("/v1/api-keys").get("keys")) {
      if (key.get("name").stringValue().equals("QPR_API_KEY")) {
        first = key.get("id").stringValue();
      }
    }
    for (JsonNode key : server.json("/v1/api-keys").get("keys")) {
      if (key.get("scopes").size() == 8 && !key.get("id").stringValue().equals(first)) {
        server.json("DELETE", "/v1/api-keys/" + key.get("id").stringValue(), "");
      }
    }
    HttpResponse<String> answer = server.send("DELETE", "/v1/api-keys/" + first, "");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(status("GET", "/v1/scans", TestServer.KEY)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | name",
        "{\"name\": \"\"} | name",
        "{\"name\": 5} | name",
        "{\"name\": \"n\", \"scopes\": \"all\"} | scopes",
        "{\"name\": \"n\", \"scopes\": []} | scopes",
        "{\"name\": \"n\", \"scopes\": [\"scans:writ\"]} | scopes[0]",
        "{\"name\": \"n\", \"scopes\": [\"import\", 7]} | scopes[1]",
        "{\"name\": \"n\", \"scope\": []} | scope",
      })
  void wrongKeysAreRefused(String body, String field) {
    int before = server.json("/v1/api-keys").get("keys").size();
    HttpResponse<String> answer = post(TestServer.KEY, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestServer.parse(answer).get("errors").get(0).get("field").stringValue())
        .isEqualTo(field);
    assertThat(server.json("/v1/api-keys").get("keys").size()).isEqualTo(before);
  }

  @Test
  void accountsAreMadeByTheOperatorAndSeeNothingOfEachOther() {
    assertThat(account("wrong", "{\"name\": \"B\"}").statusCode()).isEqualTo(403);
    assertThat(account(TestServer.KEY, "{\"name\": \"B\"}").statusCode()).isEqualTo(403);
    assertThat(account(TestServer.OPERATOR_KEY, "{}").statusCode()).isEqualTo(400);
    HttpResponse<String> made = account(TestServer.OPERATOR_KEY, "{\"name\": \"B\"}");
    assertThat(made.statusCode()).isEqualTo(200);
    String theirs = TestServer.parse(made).get("key").stringValue();

    var ids = Map.of("{code}", code, "{scan}", scan);
    var unknown = Map.of("{code}", "qpr_none", "{scan}", "scan_none");
    for (String route :
        List.of(
            "GET /v1/qpr-codes/{code}",
            "PATCH /v1/qpr-codes/{code}",
            "DELETE /v1/qpr-codes/{code}",
            "GET /v1/qpr-codes/{code}/analytics",
            "GET /v1/scans?qpr_code_id={code}",
            "GET /v1/scans/export?qpr_code_id={code}",
            "GET /v1/scans/{scan}",
            "PUT /v1/scans/{scan}/conversation")) {
      String body =
          route.startsWith("PUT") ? "{\"messages\": 1, \"status\": \"open\"}" : "{\"name\": \"x\"}";
      assertThat(answerTo(route, ids, theirs, body))
          .as(route)
          .isEqualTo(answerTo(route, unknown, theirs, body))
          .startsWith("404");
    }
    assertThat(TestServer.parse(send("GET", "/v1/scans", theirs)).get("total").intValue()).isZero();
    assertThat(TestServer.parse(send("GET", "/v1/qpr-codes", theirs)).get("total").intValue())
        .isZero();
    assertThat(TestServer.parse(send("GET", "/v1/analytics", theirs)).get("scans_total").intValue())
        .isZero();
    assertThat(TestServer.parse(send("GET", "/v1/api-keys", theirs)).get("keys").size())
        .isEqualTo(1);
    assertThat(server.json("/v1/qpr-codes/" + code).get("name").stringValue()).isEqualTo("n");
  }

  private static String answerTo(String route, Map<String, String> ids, String key, String body) {
    String path = route.substring(route.indexOf(' ') + 1);
    for (var id : ids.entrySet()) {
      path = path.replace(id.getKey(), id.getValue());
    }
    HttpResponse<String> answer = sendJson(route.substring(0, route.indexOf(' ')), path, key, body);
    return answer.statusCode() + " " + answer.body();
  }

  private static HttpResponse<String> account(String key, String body) {
    return sendJson("POST", "/v1/accounts", key, body);
  }

  private static JsonNode make(String body) {
    return server.json("POST", "/v1/api-keys", body);
  }

  private static HttpResponse<String> post(String key, String body) {
    return sendJson("POST", "/v1/api-keys", key, body);
  }

  private static HttpResponse<String> sendJson(
      String method, String path, String key, String body) {
    return server.send(
        server
            .request(path)
            .setHeader("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(String method, String path, String key) {
    return server.send(
        server
            .request(path)
            .setHeader("Authorization", "Bearer " + key)
            .method(method, BodyPublishers.noBody()));
  }

  private static int status(String method, String path, String key) {
    return send(method, path, key).statusCode();
  }

  private static String id(JsonNode object) {
    return object.get("id").stringValue();
  }

  private static JsonNode byId(String id) {
    for (JsonNode key : server.json("/v1/api-keys").get("keys")) {
      if (key.get("id").stringValue().equals(id)) {
        return key;
      }
    }
    throw new AssertionError("no key " + id);
  }
}
