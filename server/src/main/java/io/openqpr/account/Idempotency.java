package io.openqpr.account;

import io.openqpr.account.Gate.AccountHandler;
import io.openqpr.storage.store.AnswerStore;
import io.openqpr.storage.store.AnswerStore.Kept;
import io.openqpr.storage.store.StoreException;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Handler;
import io.openqpr.web.http.Problem;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// `Idempotency-Key`: a request that is sent again, because its answer was lost, gets the same
/// answer for a day, and nothing is done twice. Another request under the same key is refused with
/// 409, and so is one whose twin is still being answered.
///
/// A key is its caller's own: under another API key of the account it names another request. It is
/// claimed in the store before the work begins, so that twins are told apart on any server. What
/// was claimed by a server that was killed is refused for the day, since nobody but its sender can
/// find out whether it was done.
///
/// An answer that the store does not keep when the work is done is given all the same, remembered
/// here, and kept when it is asked for again or every hour.
///
/// Only answers of success are kept: a refused request changed nothing and may be mended.
public final class Idempotency {

  private static final Logger LOG = System.getLogger(Idempotency.class.getName());
  private static final String HEADER = "Idempotency-Key";
  private static final int MAX_LENGTH = 200;
  private static final Duration KEPT = Duration.ofHours(24);

  /// After that nobody works on the answer any more.
  private static final Duration LONGEST_WORK = Duration.ofMinutes(10);

  /// Answers that the store did not keep yet; further ones are given once only.
  private static final int MOST_UNKEPT = 1_000;

  private static final List<String> REPLAYED = List.of("Idempotent-Replayed", "true");

  private final AnswerStore store;
  private final SealedAnswers sealed;
  private final Clock clock;
  private final Set<String> beingAnswered = ConcurrentHashMap.newKeySet();

  /// By name.
  private final Map<String, Kept> unkept = new ConcurrentHashMap<>();

  public Idempotency(AnswerStore store, SealedAnswers sealed, Clock clock) {
    this.store = store;
    this.sealed = sealed;
    this.clock = clock;
  }

  /// The handler, done once for each of the caller's keys.
  public AccountHandler only(AccountHandler handler) {
    return (caller, request) ->
        answer(caller.account(), caller.keyId(), request, same -> handler.handle(caller, same));
  }

  /// @param caller whose keys they are, inside the account; without spaces
  Answer answer(int account, String caller, Request request, Handler handler) {
    Optional<String> given = request.header(HEADER);
    if (given.isEmpty()) {
      return handler.handle(request);
    }
    String key = caller + " " + checked(given.get());
    String name = sealed.nameOf(account, key);
    if (!beingAnswered.add(name)) {
      throw beingAnswered();
    }
    try {
      return answerAlone(account, key, name, request, handler);
    } finally {
      beingAnswered.remove(name);
    }
  }

  /// Forgets answers that are given no more. To be called now and then.
  public void forgetExpired() {
    unkept.forEach((name, kept) -> keepNow(kept));
    store.forgetBefore(clock.instant().minus(KEPT));
  }

  private Answer answerAlone(
      int account, String key, String name, Request request, Handler handler) {
    Instant now = clock.instant();
    Instant expired = now.minus(KEPT);
    request.hashBody();
    Kept late = unkept.get(name);
    if (late != null) {
      keepNow(late);
      return replayed(account, key, late, request);
    }
    Optional<Kept> kept = store.claim(new Kept(account, name, "", "", now), expired);
    if (kept.isPresent()) {
      return replayed(account, key, kept.get(), request);
    }
    Answer answer = done(account, name, request, handler);
    if (answer.status() < 300) {
      keep(new Kept(account, name, hash(request), sealed.seal(account, key, answer), now));
    } else {
      store.release(account, name);
    }
    return answer;
  }

  private Answer replayed(int account, String key, Kept kept, Request request) {
    if (kept.isClaim()) {
      boolean running = kept.createdAt().isAfter(clock.instant().minus(LONGEST_WORK));
      throw running ? beingAnswered() : neverAnswered();
    }
    readToTheEnd(request);
    if (!kept.requestHash().equals(hash(request))) {
      throw new ProblemException(
          Kind.CONFLICT,
          "This Idempotency-Key was used for another request in the last 24 hours: take a new"
              + " key for a new request.");
    }
    return sealed.open(account, key, kept.answer()).with(REPLAYED);
  }

  /// What was refused, or not even begun, gives its claim back.
  private Answer done(int account, String name, Request request, Handler handler) {
    try {
      return handler.handle(request);
    } catch (ProblemException e) {
      store.release(account, name);
      throw e;
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.BUSY) {
        store.release(account, name);
      }
      throw e;
    }
  }

  private void keep(Kept kept) {
    if (!keepNow(kept) && unkept.size() < MOST_UNKEPT) {
      unkept.put(kept.key(), kept);
    }
  }

  private boolean keepNow(Kept kept) {
    try {
      store.keep(kept);
      unkept.remove(kept.key());
      return true;
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "an answer is kept later: " + e.getMessage());
      return false;
    }
  }

  private static ProblemException neverAnswered() {
    return new ProblemException(
        Kind.CONFLICT,
        "A request with this Idempotency-Key was begun, and its server ended before it was"
            + " answered: look whether it was done, and take a new key where it was not.");
  }

  private static ProblemException beingAnswered() {
    return new ProblemException(
        Kind.CONFLICT,
        "A request with this Idempotency-Key is being answered right now: ask again later.");
  }

  private static void readToTheEnd(Request request) {
    try (InputStream in = request.bodyStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(Request request) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      String what = request.method() + " " + request.path() + "?" + request.rawQuery() + "\n";
      sha256.update(what.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256.digest(request.bodyHash()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String checked(String key) {
    if (key.isEmpty()
        || key.length() > MAX_LENGTH
        || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
      String message =
          "must have 1 to %d visible ASCII characters, such as a UUID".formatted(MAX_LENGTH);
      throw new ProblemException(
          new Problem(
              Kind.BAD_REQUEST,
              "The header " + HEADER + " " + message + ".",
              List.of(new Problem.FieldError(HEADER, message))));
    }
    return key;
  }
}
