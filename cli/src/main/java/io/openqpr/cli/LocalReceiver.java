package io.openqpr.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The developer's own server, sent to as the server sends: one request, no redirects, a time for
/// all of it, and little of the answer read. For one thread.
final class LocalReceiver {

  private static final int ANSWER_BYTES = 16 * 1024;

  private final URI url;
  private final Duration time;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// The URLs to try, by address, the one first that was good last.
  private List<URI> targets = List.of();

  /// @param time from the connection to the answer's last byte
  LocalReceiver(URI url, Duration time) {
    this.url = url;
    this.time = time;
  }

  /// What became of a request.
  ///
  /// @param status of the answer; `null` where none came
  /// @param error `null` for a success; else a word as in the log of deliveries
  /// @param detail what to tell of the error
  record Posted(@Nullable Integer status, @Nullable String error, String detail, long millis) {

    boolean isAwayReceiver() {
      return "connect".equals(error);
    }
  }

  /// A URL, or what is left of one: `3000`, `localhost:3000/hooks`.
  ///
  /// @throws Failure of usage when it is none
  static URI parse(String text) {
    String whole = text.matches("\\d{1,5}(/.*)?") ? "http://localhost:" + text : text;
    try {
      URI url = new URI(whole.contains("://") ? whole : "http://" + whole);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getPort() <= 65_535 && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw Failure.usage(
        "--to must be an http or https URL such as http://localhost:3000/hooks; got `%s`"
            .formatted(text));
  }

  /// @throws Failure of usage when one of these can't be sent along
  void check(Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    headers.forEach((name, value) -> {
      try {
        request.header(name, value);
      } catch (IllegalArgumentException e) {
        throw Failure.usage("--header can't set `" + name + "`: " + e.getMessage());
      }
    });
  }

  URI url() {
    return url;
  }

  /// @param headers name and value alternate
  Posted post(List<String> headers, byte[] body) throws InterruptedException {
    long began = System.nanoTime();
    if (targets.isEmpty()) {
      targets = byAddress(url);
    }
    Posted posted = failed("connect", "nothing listens there", began);
    for (URI target : targets) {
      posted = to(target, headers, body, began);
      if (!posted.isAwayReceiver()) {
        targets = goodFirst(target);
        return posted;
      }
    }
    return posted;
  }

  /// The library tries only the first address of a name, and a program may listen at only one of
  /// `localhost`'s two, whichever of them this machine's table of hosts names.
  private static List<URI> byAddress(URI url) {
    var targets = new ArrayList<>(List.of(url));
    if ("localhost".equals(url.getHost()) && "http".equals(url.getScheme())) {
      for (String host : List.of("127.0.0.1", "[::1]")) {
        targets.add(URI.create(url.toString().replaceFirst("localhost", host)));
      }
    }
    return targets;
  }

  private List<URI> goodFirst(URI good) {
    var sorted = new ArrayList<>(targets);
    sorted.remove(good);
    sorted.addFirst(good);
    return sorted;
  }

  private Posted to(URI target, List<String> headers, byte[] body, long began)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .header("User-Agent", "OpenQPR-Webhooks/1")
            .headers(headers.toArray(String[]::new))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, _ -> new FirstBytes(ANSWER_BYTES));
    try {
      long left = began + time.toNanos() - System.nanoTime();
      return answered(answer.get(left, TimeUnit.NANOSECONDS), began);
    } catch (TimeoutException e) {
      answer.cancel(true);
      return failed("timeout", "no answer within " + time.toMillis() / 1000.0 + " s", began);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      return broken(e.getCause(), began);
    }
  }

  private static Posted answered(HttpResponse<byte[]> answer, long began) {
    int status = answer.statusCode();
    String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
    String beginning = text.lines().findFirst().orElse("");
    String error =
        switch (status / 100) {
          case 2 -> null;
          case 3 -> "redirect";
          default -> "status";
        };
    String detail =
        switch (status / 100) {
          case 2 -> "";
          case 3 -> "redirects are not followed";
          default -> beginning;
        };
    return new Posted(status, error, detail, millisSince(began));
  }

  private static Posted broken(@Nullable Throwable cause, long began) {
    if (cause instanceof ConnectException) {
      boolean unknown = cause.getCause() instanceof UnresolvedAddressException;
      String why = unknown ? "its name is not known" : "nothing listens there";
      return failed("connect", why, began);
    }
    if (cause instanceof SSLException) {
      return failed("tls", String.valueOf(cause.getMessage()), began);
    }
    return failed(
        "closed",
        cause instanceof IOException
            ? "the connection ended before the answer did"
            : String.valueOf(cause),
        began);
  }

  private static Posted failed(String error, String detail, long began) {
    return new Posted(null, error, detail, millisSince(began));
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}
