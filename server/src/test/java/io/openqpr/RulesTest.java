package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What an account tells to ignore, over HTTP.
class RulesTest {

  private static final String PATH = "/v1/ignore-rules";
  private static final String KIOSK = "{\"agent_word\": \"AcmeKiosk\"}";

  @TempDir static Path directory;
  private static TestServer server;
  private static String code;

  @BeforeAll
  static void start() {
    server = TestServer.in(directory);
    code = server.createCode("n").get("id").stringValue();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void removeAll() {
    list().forEach(rule -> server.json("DELETE", PATH + "/" + id(rule), ""));
  }

  @Test
  void rulesAreSetListedAndRemoved() {
    JsonNode kiosk = set(KIOSK);
    assertThat(kiosk.propertyNames())
        .containsExactly("id", "qpr_code_id", "address_range", "agent_word", "name", "created_at");
    assertThat(id(kiosk)).matches("rule_[0-9A-Z]{26}");
    assertThat(kiosk.get("agent_word").stringValue()).isEqualTo("AcmeKiosk");
    assertThat(kiosk.get("address_range").isNull()).isTrue();
    assertThat(kiosk.get("qpr_code_id").isNull()).isTrue();
    assertThat(kiosk.get("name").isNull()).isTrue();

    JsonNode office =
        set(
            """
            {"address_range": "203.0.113.0/24", "qpr_code_id": "%s", "name": "my office"}
            """
                .formatted(code));
    assertThat(office.get("qpr_code_id").stringValue()).isEqualTo(code);
    assertThat(office.get("name").stringValue()).isEqualTo("my office");

    assertThat(list()).containsExactly(office, kiosk);
    assertThat(server.json("DELETE", PATH + "/" + id(kiosk), "")).isEqualTo(kiosk);
    assertThat(list()).containsExactly(office);
    assertThat(server.send("DELETE", PATH + "/" + id(kiosk), "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "203.0.113.7/32, 203.0.113.7",
    "::ffff:203.0.113.0/120, 203.0.113.0/24",
    "2001:DB8:0:0::/64, 2001:db8::/64",
  })
  void rangesAreShownInOneForm(String given, String shown) {
    JsonNode rule = set("{\"address_range\": \"" + given + "\"}");
    assertThat(rule.get("address_range").stringValue()).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | address_range | is missing",
        "{\"address_range\": null} | address_range | is missing",
        "{\"address_range\": \"::1\", \"agent_word\": \"AcmeKiosk\"} | agent_word | a rule of each",
        "{\"address_range\": 7} | address_range | got the number `7`",
        "{\"address_range\": \"\"} | address_range | got the text ``",
        "{\"address_range\": \"my office\"} | address_range | got the text `my office`",
        "{\"address_range\": \"10.1\"} | address_range | such as 203.0.113.0/24",
        "{\"address_range\": \"10.0.0.0/33\"} | address_range | such as 203.0.113.0/24",
        "{\"address_range\": \"0.0.0.0/0\"} | address_range | every address",
        "{\"address_range\": \"1.2.3.4/0\"} | address_range | every address",
        "{\"address_range\": \"::/0\"} | address_range | every address",
        "{\"address_range\": \"::ffff:0:0/96\"} | address_range | every address",
        "{\"address_range\": \"203.0.113.7/24\"} | address_range | write 203.0.113.0/24 for the range, or 203.0.113.7",
        "{\"address_range\": \"2001:db8::1/64\"} | address_range | write 2001:db8::/64",
        "{\"agent_word\": \"ab\"} | agent_word | at least 3 characters; got 2",
        "{\"agent_word\": \"    \"} | agent_word | must not be blank",
        "{\"agent_word\": \"a\\tbc\"} | agent_word | printable ASCII",
        "{\"agent_word\": \"Kiösk\"} | agent_word | printable ASCII",
        "{\"agent_word\": [\"Kiosk\"]} | agent_word | got an array",
        "{\"agent_word\": \"Kiosk\", \"name\": \" \"} | name | must not be blank",
        "{\"agent_word\": \"Kiosk\", \"adress_range\": \"::1\"} | adress_range | did you mean `address_range`",
      })
  void wrongRulesAreRefused(String body, String field, String message) {
    BadInput.assertBadRequest(server.send("POST", PATH, body), field, message);
    assertThat(list()).isEmpty();
  }

  @Test
  void allMistakesAreToldAtOnce() {
    HttpResponse<String> answer =
        server.send(
            "POST",
            PATH,
            """
            {"address_range": "10.0.0.1/8", "agent_word": "x", "name": "%s", "qpr_code_id": 5, "a": 1}
            """
                .formatted("n".repeat(201)));
    BadInput.assertBadRequest(answer, "address_range", "10.0.0.0/8");
    BadInput.assertBadRequest(answer, "agent_word", "at least 3");
    BadInput.assertBadRequest(answer, "agent_word", "a rule of each");
    BadInput.assertBadRequest(answer, "name", "at most 200");
    BadInput.assertBadRequest(answer, "qpr_code_id", "got the number");
    BadInput.assertBadRequest(answer, "a", "is not known");
  }

  @Test
  void aCodeThatIsNotTheAccountsIsNotFound() {
    HttpResponse<String> answer =
        server.send("POST", PATH, "{\"agent_word\": \"Kiosk\", \"qpr_code_id\": \"qpr_none\"}");
    BadInput.assertProblem(answer, 404, "not-found");
    assertThat(list()).isEmpty();
  }

  @Test
  void aHundredRulesAreTheMost() {
    for (int i = 0; i < 100; i++) {
      set(KIOSK);
    }
    HttpResponse<String> answer = server.send("POST", PATH, KIOSK);
    BadInput.assertProblem(answer, 409, "conflict");
    assertThat(answer.body()).contains("has 100 rules");
    assertThat(list()).hasSize(100);
  }

  @Test
  void aRequestThatIsSentAgainSetsOneRule() {
    String first = once().body();
    HttpResponse<String> second = once();
    assertThat(second.body()).isEqualTo(first);
    assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(list()).hasSize(1);
  }

  @Test
  void whomARuleMeetsGetsTheConversationAndIsNoScan() {
    JsonNode door = server.createCode("Door");
    JsonNode window = server.createCode("Window");
    String kiosk = UserAgents.IPHONE + " AcmeKiosk/3";
    server.scan(door, "User-Agent", kiosk);
    assertThat(counted(door)).containsExactly(1, 0);

    set("{\"agent_word\": \"acmekiosk\", \"qpr_code_id\": \"%s\"}".formatted(id(door)));
    assertThat(server.scan(door, "User-Agent", kiosk)).contains("/c/");
    server.scan(door, "User-Agent", UserAgents.IPHONE);
    server.scan(window, "User-Agent", kiosk);
    assertThat(counted(door)).containsExactly(2, 1);
    assertThat(counted(window)).containsExactly(1, 0);
    assertThat(lastIgnored(door)).isEqualTo("rule_agent");

    set("{\"address_range\": \"127.0.0.0/8\"}");
    server.scan(window, "User-Agent", UserAgents.IPHONE);
    assertThat(counted(window)).containsExactly(1, 1);
    assertThat(lastIgnored(window)).isEqualTo("rule_address");

    removeAll();
    server.scan(door, "User-Agent", kiosk);
    assertThat(counted(door)).containsExactly(3, 1);
  }

  @Test
  void aBotStaysABotWhereARuleMeetsItToo() {
    JsonNode door = server.createCode("Door");
    set("{\"address_range\": \"127.0.0.1\"}");
    server.get("/s/" + door.get("short_id").stringValue()); // this client says that it is Java
    assertThat(lastIgnored(door)).isEqualTo("script");
  }

  /// Scans and ignored hits of the code.
  private static List<Integer> counted(JsonNode of) {
    String filter = "?qpr_code_id=" + id(of);
    return List.of(
        server.json("/v1/scans" + filter).get("total").intValue(),
        server.json("/v1/scans/ignored" + filter).get("total").intValue());
  }

  private static String lastIgnored(JsonNode of) {
    JsonNode page = server.json("/v1/scans/ignored?qpr_code_id=" + id(of));
    return page.get("ignored").get(0).get("reason").stringValue();
  }

  private static HttpResponse<String> once() {
    return server.send(
        server
            .request(PATH)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "rule-1")
            .POST(BodyPublishers.ofString(KIOSK)));
  }

  private static JsonNode set(String body) {
    return server.json("POST", PATH, body);
  }

  private static JsonNode list() {
    return server.json(PATH).get("rules");
  }

  private static String id(JsonNode rule) {
    return rule.get("id").stringValue();
  }
}
