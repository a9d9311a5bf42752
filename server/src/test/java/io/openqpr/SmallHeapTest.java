package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The server as it is shipped, with the smallest heap that it wants, through the worst of all that
/// is asked of it, all at once.
class SmallHeapTest {

  private static final int MEGABYTES = 256;
  private static final int STALLED = 1_000;
  private static final int ROUNDS = 1;
  private static final int ASKING = 4;

  /// What is left when nothing is asked: memories, and the program.
  private static final long MOST_AT_REST = 150L << 20;

  private static final String SCANNED =
      """
      {"name": "n", "prompt": "p", "conversation_url": "http://x.example/{scan_id}"}\
      """;

  /// Whom every scan is told, again and again.
  private static final String NOBODY =
      """
      {"url": "http://receiver.invalid/", "events": ["scan.created"]}\
      """;

  @TempDir Path directory;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> refused = new HashMap<>();
  private String url = "";
  private int port;

  @Test
  void theWorstOfEverythingAtOnceEndsInNoErrorAndNoScanIsLost() throws Exception {
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    url = "http://127.0.0.1:" + port;
    try (ServerProcess server =
        ServerProcess.start(
            Map.of(
                "QPR_DATA_DIR",
                directory.toString(),
                "QPR_PORT",
                String.valueOf(port),
                "QPR_API_KEY",
                TestServer.KEY,
                "QPR_OPERATOR_KEY",
                TestServer.OPERATOR_KEY,
                "QPR_RATE_LIMITS",
                "off"),
            "serve",
            List.of("-Xmx" + MEGABYTES + "m"))) {
      assertThat(server.awaitReady()).as(server.output()).isTrue();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<String> output = threads.submit(server::wholeOutput);
        try {
          allAtOnce(threads);
          assertThat(server.isAlive()).isTrue();
          assertThat(wrong).isEmpty();
          assertThat(heapAtRest(server)).isLessThan(MOST_AT_REST);
        } finally {
          server.terminate(); // or its output has no end
        }
        assertThat(output.get()).doesNotContain("OutOfMemoryError", "StackOverflowError");
      }
    }
  }

  private void allAtOnce(ExecutorService threads) throws Exception {
    JsonNode code = json("POST", "/v1/qpr-codes", SCANNED);
    String codeId = code.get("id").stringValue();
    URI scanUrl = URI.create(url + "/s/" + code.get("short_id").stringValue());
    var people = new People();
    people.scan(scanUrl);
    var worst =
        new WorstRequests(
            url,
            codeId,
            code.get("short_id").stringValue(),
            people.answered().iterator().next(),
            json("POST", "/v1/webhooks", NOBODY).get("id").stringValue());
    mustHaveOneForEveryRoute(worst);
    for (int i = 0; i < 4; i++) {
      json("POST", "/v1/qpr-codes/bulk", worst.bulk(50));
    }
    var stalled = new ArrayList<SocketChannel>();
    var ended = new AtomicBoolean();
    try {
      stall(stalled, worst, code);
      var crowd = new ArrayList<Future<?>>();
      for (int i = 0; i < 6; i++) {
        crowd.add(threads.submit(until(ended, () -> scan(people, scanUrl))));
      }
      for (int i = 0; i < 3; i++) {
        crowd.add(threads.submit(until(ended, this::askLikeAStranger)));
      }
      var asking = new ArrayList<Future<?>>();
      for (int i = 0; i < ASKING; i++) {
        asking.add(threads.submit(() -> askAll(worst)));
      }
      for (Future<?> each : asking) {
        each.get();
      }
      ended.set(true);
      for (Future<?> each : crowd) {
        each.get();
      }
    } finally {
      ended.set(true);
      for (SocketChannel each : stalled) {
        each.close();
      }
    }
    assertThat(refused.getOrDefault("a scan", 0)).as("scans keep being answered").isZero();
    assertThat(people.answered()).hasSizeGreaterThan(STALLED / 10);
    mustBeThereOnce(people, codeId);
  }

  private void mustHaveOneForEveryRoute(WorstRequests worst) {
    try (TestServer other = TestServer.in(directory.resolve("other"))) {
      List<String> routes =
          other.app().routes().stream().map(r -> r.method() + " " + r.template()).toList();
      assertThat(worst.byRoute().keySet()).containsExactlyInAnyOrderElementsOf(routes);
    }
  }

  /// Half heads, half bodies, and readers who read nothing.
  private void stall(List<SocketChannel> stalled, WorstRequests worst, JsonNode code)
      throws IOException {
    String head =
        "POST /v1/qpr-codes/bulk HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
            .formatted(TestServer.KEY);
    String[] beginnings = {
      head + "X-Long: " + "x".repeat(8_000),
      head + "Content-Type: application/json\r\nContent-Length: 3000000\r\n\r\n{\"codes\": [",
      head
          + "Content-Type: application/json\r\nContent-Length: 300000\r\n\r\n"
          + " ".repeat(99_000),
      get("/v1/qpr-codes?limit=200"),
      get("/docs/swagger-ui-bundle.js"),
      get("/qr/%s.png?size=4096&logo=true".formatted(code.get("short_id").stringValue())),
      get("/openapi.json"),
      get("/v1/scans/export"),
      get("/v1/events/stream"),
    };
    for (int i = 0; i < STALLED; i++) {
      SocketChannel channel = SocketChannel.open();
      stalled.add(channel);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
      channel.connect(new InetSocketAddress("127.0.0.1", port));
      channel.configureBlocking(false);
      byte[] bytes = beginnings[i % beginnings.length].getBytes(StandardCharsets.US_ASCII);
      channel.write(ByteBuffer.wrap(bytes));
    }
  }

  private static String get(String path) {
    return "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
        .formatted(path, TestServer.KEY);
  }

  private static Callable<Void> until(AtomicBoolean ended, Callable<?> work) {
    return () -> {
      while (!ended.get()) {
        work.call();
      }
      return null;
    };
  }

  private Void scan(People people, URI scanUrl) throws InterruptedException {
    note("a scan", people.tryToScan(scanUrl));
    Thread.sleep(20); // else the machine measures itself
    return null;
  }

  private Void askLikeAStranger() throws Exception {
    String random = Long.toString(System.nanoTime(), 36);
    for (String path : List.of("/s/" + random.substring(0, 6), "/s/" + random.repeat(600))) {
      send(
          "a stranger",
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Authorization", "Bearer " + random.repeat(4))
              .header("User-Agent", random + " " + "; ".repeat(4_000))
              .build());
    }
    return null;
  }

  private Void askAll(WorstRequests worst) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Supplier<HttpRequest>> each : worst.byRoute().entrySet()) {
        send(each.getKey(), each.getValue().get());
      }
    }
    return null;
  }

  private void send(String what, HttpRequest request) throws Exception {
    note(what, client.send(withTimeout(request), BodyHandlers.discarding()));
  }

  private static HttpRequest withTimeout(HttpRequest request) {
    return HttpRequest.newBuilder(request, (_, _) -> true).timeout(Duration.ofSeconds(60)).build();
  }

  /// Refusing is fine, as long as one is told to come again.
  private void note(String what, HttpResponse<?> answer) {
    int status = answer.statusCode();
    if (status == 503) {
      synchronized (refused) {
        refused.merge(what, 1, Integer::sum);
      }
    }
    boolean comeAgain = status == 503 && answer.headers().firstValue("Retry-After").isPresent();
    if (status >= 500 && !comeAgain) {
      wrong.add(what + ": " + status);
    }
  }

  private void mustBeThereOnce(People people, String codeId) throws Exception {
    HttpResponse<String> export =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/v1/scans/export?qpr_code_id=" + codeId))
                .header("Authorization", "Bearer " + TestServer.KEY)
                .build(),
            BodyHandlers.ofString());
    assertThat(export.statusCode()).as(export.body()).isEqualTo(200);
    Map<String, Long> times =
        export
            .body()
            .lines()
            .map(line -> TestServer.parse(line).get("id").stringValue())
            .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    assertThat(people.answered()).allMatch(id -> times.getOrDefault(id, 0L) == 1);
  }

  private JsonNode json(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + TestServer.KEY)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.parse(answer);
  }

  private long heapAtRest(ServerProcess server) throws Exception {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    new ProcessBuilder(jcmd, String.valueOf(server.pid()), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    String metrics =
        client
            .send(
                HttpRequest.newBuilder(URI.create(url + "/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    var used = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"} (\\S+)").matcher(metrics);
    assertThat(used.find()).as(metrics).isTrue();
    return (long) Double.parseDouble(used.group(1));
  }
}
