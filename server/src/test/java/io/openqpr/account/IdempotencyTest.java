package io.openqpr.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.store.AnswerStore;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Filter;
import io.openqpr.web.http.HttpServer;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import io.openqpr.web.wire.Capacity;
import io.openqpr.web.wire.Deadlines;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A store that fails between the work and its answer.
class IdempotencyTest {

  private static final int ACCOUNT = 1;

  private final Answers store = new Answers();
  private final Idempotency once =
      new Idempotency(
          store, new SealedAnswers(new byte[32], new SecureRandom()), Clock.systemUTC());
  private final HttpServer http =
      HttpServer.bind(0, Capacity.FEW, Deadlines.DEFAULT, Clock.systemUTC());
  private final HttpClient client = HttpClient.newHttpClient();
  private int done;
  private @Nullable Kind failure;

  @BeforeEach
  void serve() {
    http.serve(
        request -> Filter.Verdict.PASS,
        List.of(Route.post("/", r -> once.answer(ACCOUNT, "key_1", r, this::work))));
  }

  @AfterEach
  void close() {
    client.close();
    http.close();
  }

  private record Done(int number) {}

  private Answer work(Request request) {
    if (failure != null) {
      throw new StoreException(failure, "as the test wants");
    }
    request.body(100);
    return Answer.json(new Done(++done));
  }

  private HttpResponse<String> post() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + http.port() + "/"))
            .header("Idempotency-Key", "one")
            .POST(BodyPublishers.ofString("body"));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void anAnswerThatIsNotKeptIsGivenAndGivenAgain() throws Exception {
    store.away = true;
    HttpResponse<String> first = post();
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(post().body()).isEqualTo(first.body());

    store.away = false;
    once.forgetExpired();
    assertThat(store.kept.values()).noneMatch(AnswerStore.Kept::isClaim);
    assertThat(post().body()).isEqualTo(first.body());
    assertThat(done).isEqualTo(1);
  }

  @Test
  void whatMayHaveBeenDoneIsNotDoneAgain() throws Exception {
    failure = Kind.UNAVAILABLE;
    assertThat(post().statusCode()).isEqualTo(503);
    failure = null;
    assertThat(post().statusCode()).isEqualTo(409);
    store.kept.replaceAll((name, kept) ->
        new AnswerStore.Kept(ACCOUNT, name, "", "", kept.createdAt().minusSeconds(3_600)));
    assertThat(post().body()).contains("look whether it was done");
    assertThat(done).isZero();
  }

  @Test
  void whatWasNotBegunIsDoneWhenItIsAskedAgain() throws Exception {
    failure = Kind.BUSY;
    assertThat(post().statusCode()).isEqualTo(503);
    failure = null;
    assertThat(post().statusCode()).isEqualTo(200);
  }

  private static final class Answers implements AnswerStore {

    private final Map<String, Kept> kept = new HashMap<>();
    private volatile boolean away;

    @Override
    public synchronized Optional<Kept> claim(Kept claim, Instant expired) {
      return Optional.ofNullable(kept.putIfAbsent(claim.key(), claim));
    }

    @Override
    public synchronized void release(int account, String key) {
      kept.remove(key);
    }

    @Override
    public synchronized Optional<Kept> find(int account, String key) {
      return Optional.ofNullable(kept.get(key));
    }

    @Override
    public synchronized void keep(Kept answer) {
      if (away) {
        throw new StoreException(Kind.UNAVAILABLE, "away");
      }
      kept.put(answer.key(), answer);
    }

    @Override
    public void forgetBefore(Instant time) {}
  }
}
