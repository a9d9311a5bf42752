package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// People who scan one code, whose conversation URL is the prefix and the scan's id. Each must be
/// redirected; who was, and how long the slowest of them waited, is kept.
final class People {

  static final String PREFIX = "http://x.example/";

  static final int CROWD = 8;

  /// Between two scans of one of the crowd: else the machine measures itself.
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final Semaphore redirected = new Semaphore(0);
  private final AtomicLong slowestMillis = new AtomicLong();

  /// Something that takes its time while people scan.
  @FunctionalInterface
  interface Meanwhile {
    void run() throws Exception;
  }

  /// Makes a code for them at a server on this machine.
  ///
  /// @return its short id
  static String newCode(int port) throws Exception {
    String draft =
        "{\"name\": \"n\", \"prompt\": \"p\", \"conversation_url\": \"" + PREFIX + "{scan_id}\"}";
    try (var client = HttpClient.newHttpClient()) {
      HttpResponse<String> made =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/qpr-codes"))
                  .header("Authorization", "Bearer " + TestServer.KEY)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(draft))
                  .build(),
              BodyHandlers.ofString());
      return TestServer.parse(made).get("short_id").stringValue();
    }
  }

  /// The crowd scans without an end until the other is done.
  void keepScanning(URI code, Meanwhile other) throws Exception {
    var stopped = new AtomicBoolean();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> scanning =
          IntStream.range(0, CROWD)
              .mapToObj(i -> crowd.submit(() -> scanUntil(stopped, code)))
              .toList();
      try {
        other.run();
      } finally {
        stopped.set(true);
      }
      for (Future<?> each : scanning) {
        each.get();
      }
    }
  }

  private Void scanUntil(AtomicBoolean stopped, URI code) throws InterruptedException {
    while (!stopped.get()) {
      scan(code);
      Thread.sleep(PAUSE);
    }
    return null;
  }

  /// The crowd scans without a pause until the server is gone; what is refused before counts for
  /// nothing.
  void scanUntilItBreaks(URI code, Meanwhile other) throws Exception {
    var stopped = new AtomicBoolean();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CROWD; i++) {
        crowd.execute(() -> {
          try {
            while (!stopped.get()) {
              ask(code);
            }
          } catch (IOException e) {
            // gone
          }
        });
      }
      try {
        other.run();
      } finally {
        stopped.set(true);
      }
    }
  }

  void scan(URI code) {
    HttpResponse<Void> answer = tryToScan(code);
    assertThat(answer.statusCode()).isEqualTo(302);
  }

  /// Whatever the answer is.
  HttpResponse<Void> tryToScan(URI code) {
    try {
      return ask(code);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<Void> ask(URI code) throws IOException {
    long start = System.nanoTime();
    try {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(code)
                  .timeout(Duration.ofSeconds(60))
                  .header("User-Agent", UserAgents.IPHONE)
                  .build(),
              BodyHandlers.discarding());
      if (answer.statusCode() == 302) {
        answered.add(
            answer.headers().firstValue("Location").orElseThrow().substring(PREFIX.length()));
        redirected.release();
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      slowestMillis.accumulateAndGet((System.nanoTime() - start) / 1_000_000, Math::max);
    }
  }

  /// Waits until so many more were redirected.
  void awaitMore(int scans) throws InterruptedException {
    redirected.drainPermits();
    assertThat(redirected.tryAcquire(scans, 2, TimeUnit.MINUTES)).isTrue();
  }

  /// Ids of the scans that were redirected.
  Set<String> answered() {
    return answered;
  }

  long slowestMillis() {
    return slowestMillis.get();
  }
}
