package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the client takes a server's "later": a real limit asks for up to a minute, so the server
/// here is one that says what it is told to.
class WaitingTest {

  private static final String NO_CODES =
      "{\"qpr_codes\":[],\"total\":0,\"limit\":50,\"offset\":0,\"next_cursor\":null}";

  private final Queue<Said> answers = new ConcurrentLinkedQueue<>();
  private final List<Got> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;

  private record Said(int status, String retryAfter, String body) {}

  private record Got(String line, String idempotencyKey, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void itAsksAgainWhenTheWaitIsOver() {
    says(429, "1", problem("slower"));
    says(503, "0", problem("full"));
    says(200, "", NO_CODES);

    long begin = System.nanoTime();
    CommandRun run = run("codes", "list", "--json");

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                NO_CODES + "\n",
                """
                qpr: the server asks to wait 1 s
                qpr: the server asks to wait 0 s
                """));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(requests).hasSize(3).containsOnly(requests.getFirst());
  }

  @Test
  void whatIsMadeIsAskedForUnderOneKeySoThatItIsMadeOnce() {
    says(503, "0", problem("full"));
    says(200, "", "{}");

    CommandRun run = run("codes", "create", "Door", "--prompt", "p", "--json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(requests).hasSize(2).containsOnly(requests.getFirst());
    assertThat(requests.getFirst().line()).isEqualTo("POST /v1/qpr-codes");
    assertThat(requests.getFirst().idempotencyKey()).isNotEmpty();
    assertThat(requests.getFirst().body()).contains("Door");
  }

  @Test
  void anExportWaitsBeforeItsFileIsBegun(@TempDir Path directory) {
    Path file = directory.resolve("scans.csv");
    says(429, "0", problem("slower"));
    says(200, "", "id\nscan_1\n");

    CommandRun run = run("scans", "export", "-o", file.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(file).hasContent("id\nscan_1\n");
  }

  @Test
  void anImportIsSentOnceSinceItsFileMayBeAPipe() {
    says(503, "0", problem("full"));

    CommandRun run = CommandRun.with(environment(), "{}", "scans", "import", "-");

    assertThat(run).isEqualTo(new CommandRun(1, "", "qpr: full\n"));
    assertThat(requests).hasSize(1);
  }

  @Test
  void theFifthLaterIsANo() {
    for (int i = 0; i < 6; i++) {
      says(503, "0", problem("full"));
    }

    CommandRun run = run("codes", "list");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("qpr: the server asks to wait 0 s\n".repeat(4) + "qpr: full\n");
    assertThat(requests).hasSize(5);
  }

  @Test
  void itDoesNotWaitLongNorForNobodyKnowsWhat() {
    for (String retryAfter : List.of("", "121", "-1", "soon", "Fri, 20 Mar 2026 15:30:00 GMT")) {
      says(503, retryAfter, problem("full"));

      assertThat(run("codes", "list")).isEqualTo(new CommandRun(1, "", "qpr: full\n"));
    }
    assertThat(requests).hasSize(5);
  }

  @Test
  void onlyBusyServersAreWaitedFor() {
    says(404, "0", problem("nothing"));

    assertThat(run("codes", "list")).isEqualTo(new CommandRun(1, "", "qpr: nothing\n"));
  }

  private void says(int status, String retryAfter, String body) {
    answers.add(new Said(status, retryAfter, body));
  }

  private static String problem(String detail) {
    return "{\"detail\":\"" + detail + "\"}";
  }

  private CommandRun run(String... words) {
    return CommandRun.with(environment(), "", words);
  }

  private Map<String, String> environment() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of("QPR_URL", url, "QPR_API_KEY", "key");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      requests.add(
          new Got(
              exchange.getRequestMethod() + " " + exchange.getRequestURI(),
              key == null ? "" : key,
              new String(sent, StandardCharsets.UTF_8)));
      Said said = answers.remove();
      if (!said.retryAfter().isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", said.retryAfter());
      }
      byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(said.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
