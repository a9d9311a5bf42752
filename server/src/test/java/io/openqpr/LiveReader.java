package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a stream of server-sent events as a browser does.
final class LiveReader implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpResponse<InputStream> answer;
  private final LinkedBlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private volatile String lastId = "";
  private volatile boolean ended;

  /// @param data `null` where only the id was sent
  record Sent(String id, String type, @Nullable JsonNode data) {

    String scan() {
      return data.get("data").get("id").stringValue();
    }
  }

  LiveReader(TestServer server, String query, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/events/stream" + query))
            .header("Authorization", "Bearer " + TestServer.KEY);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      answer = client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    assertThat(answer.statusCode()).isEqualTo(200);
    Thread.ofVirtual().start(this::read);
    // The stream has begun, and holds a place.
    assertThat(next().data()).isNull();
  }

  HttpResponse<InputStream> answer() {
    return answer;
  }

  /// What a browser would send as `Last-Event-ID`.
  String lastId() {
    return lastId;
  }

  boolean isEnded() {
    return ended;
  }

  private void read() {
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String type = "message";
      String id = "";
      String data = null;
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.isEmpty()) {
          if (!id.isEmpty()) {
            lastId = id;
            sent.add(new Sent(id, type, data == null ? null : TestServer.parse(data)));
          }
          type = "message";
          id = "";
          data = null;
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else {
          assertThat(line).matches(":.*|retry: \\d+");
        }
      }
    } catch (IOException e) {
      // closed, or broken off
    }
    ended = true;
  }

  /// The next that was sent, comments with a place among it.
  Sent next() {
    try {
      Sent next = sent.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("sent in time").isNotNull();
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// So many events.
  List<Sent> events(int count) {
    var events = new ArrayList<Sent>();
    while (events.size() < count) {
      Sent next = next();
      if (next.data() != null) {
        events.add(next);
      }
    }
    return events;
  }

  /// How much has come and was not asked for.
  int waiting() {
    return sent.size();
  }

  @Override
  public void close() {
    client.shutdownNow();
    try {
      answer.body().close();
    } catch (IOException e) {
      // closed already
    }
  }
}
