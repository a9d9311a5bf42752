package io.openqpr.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;

/// The server's API over HTTP. Every method throws [Failure] when the server is not reachable or
/// does not answer 200. Requests that it asks to send later are sent later.
final class ApiClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  /// How often one request is sent before the server's "later" is taken for a "no".
  private static final int MAX_ATTEMPTS = 5;

  private static final int MAX_WAIT_SECONDS = 120;

  private final String base;
  private final String key;
  private final Terminal terminal;
  private final HttpClient client =
      HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT).build();

  /// @param base the server's URL, without a slash at the end
  ApiClient(String base, String key, Terminal terminal) {
    this.base = base;
    this.key = key;
    this.terminal = terminal;
  }

  Reply get(String path, Query query) {
    return send(request(path, query).timeout(ANSWER_TIMEOUT).build());
  }

  /// The key lets the server know a repeated request, so that nothing is made twice.
  Reply post(String path, String json) {
    return send(
        request(path, Query.NONE)
            .timeout(ANSWER_TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  Reply patch(String path, String json) {
    return send(
        request(path, Query.NONE)
            .timeout(ANSWER_TIMEOUT)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json))
            .build());
  }

  Reply delete(String path) {
    return send(request(path, Query.NONE).timeout(ANSWER_TIMEOUT).DELETE().build());
  }

  /// Streams the body, which is sent once. The server is asked first whether it wants it at all.
  Reply upload(String path, Query query, InputStream body, String... headers) {
    HttpRequest request =
        request(path, query)
            .headers(headers)
            .expectContinue(true)
            .POST(BodyPublishers.ofInputStream(() -> body))
            .build();
    return reply(exchange(request, BodyHandlers.ofByteArray()));
  }

  /// The body as it comes; the caller closes it.
  InputStream download(String path, Query query) {
    HttpRequest request = request(path, query).build();
    for (int attempt = 1; ; attempt++) {
      HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
      if (response.statusCode() == 200) {
        return response.body();
      }
      byte[] body = readAll(response);
      if (!waits(response, attempt)) {
        throw refusal(response, body);
      }
    }
  }

  /// An answer that goes on for as long as both sides like; the caller closes it.
  ///
  /// @param place what was seen last
  /// @throws Failure not reachable, also where the server or a proxy before it is busy
  InputStream stream(String path, Query query, String place) {
    HttpRequest request =
        request(path, query)
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", place)
            .build();
    HttpResponse<InputStream> response = begun(request);
    int status = response.statusCode();
    if (status != 200) {
      Failure refusal = refusal(response, readAll(response));
      throw status == 429 || status >= 500
          ? Failure.later(
              "the server at " + base + " is busy: " + refusal.line(),
              Math.max(0, retryAfterSeconds(response)))
          : refusal;
    }
    if (!response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")) {
      closeQuietly(response.body());
      throw Failure.refused(
          response.uri() + " answered something else than events; is " + base + " an OpenQPR?");
    }
    return response.body();
  }

  /// A request's own time limit may be one for the whole answer.
  private HttpResponse<InputStream> begun(HttpRequest request) {
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(request, BodyHandlers.ofInputStream());
    try {
      return answer.get(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw Refusals.unreachable(
          base, e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause()));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw Refusals.unreachable(base, new HttpTimeoutException("no answer"));
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw interrupted();
    }
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // nothing of it is wanted
    }
  }

  private HttpRequest.Builder request(String path, Query query) {
    return HttpRequest.newBuilder(URI.create(base + path + query.text()))
        .header("Authorization", "Bearer " + key)
        .header("User-Agent", "qpr/" + Release.VERSION);
  }

  private Reply send(HttpRequest request) {
    for (int attempt = 1; ; attempt++) {
      HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
      if (!waits(response, attempt)) {
        return reply(response);
      }
    }
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw Refusals.unreachable(base, e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /// Waits where the server says how long; false when there is nothing to wait for.
  private boolean waits(HttpResponse<?> response, int attempt) {
    boolean later = response.statusCode() == 429 || response.statusCode() == 503;
    int seconds = later ? retryAfterSeconds(response) : -1;
    if (seconds < 0 || seconds > MAX_WAIT_SECONDS || attempt == MAX_ATTEMPTS) {
      return false;
    }
    terminal.note("the server asks to wait " + seconds + " s");
    try {
      Thread.sleep(Duration.ofSeconds(seconds));
      return true;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static int retryAfterSeconds(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(Integer::parseInt)
        .orElse(-1);
  }

  private Reply reply(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw refusal(response, response.body());
    }
    try {
      return Reply.of(response.body(), date(response));
    } catch (JacksonException e) {
      throw Failure.refused(
          response.uri() + " answered something else than JSON; is " + base + " an OpenQPR?");
    }
  }

  private static Instant date(HttpResponse<?> response) {
    String date = response.headers().firstValue("Date").orElse("");
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  private static Failure refusal(HttpResponse<?> response, byte[] body) {
    int status = response.statusCode();
    String location = response.headers().firstValue("Location").orElse(null);
    return Refusals.of(
        response.uri().toString(), status, status / 100 == 3 ? location : null, body);
  }

  private byte[] readAll(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw Refusals.unreachable(base, e);
    }
  }

  private static Failure interrupted() {
    Thread.currentThread().interrupt();
    return Failure.refused("interrupted");
  }
}
