package io.openqpr.account;

import static java.util.stream.Collectors.toMap;

import io.openqpr.model.ApiKey;
import io.openqpr.model.Scope;
import io.openqpr.platform.HeapShare;
import io.openqpr.storage.memory.Gathering;
import io.openqpr.storage.memory.Memory;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.Changes;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Handler;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.limit.KnownKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lets in whoever shows a good key: `Authorization: Bearer <key>`. 401 without one, or with one
/// that is unknown; 403 with one that was revoked, or that may not do this.
public final class Gate implements KnownKeys {

  /// What a known key takes, with all its texts.
  private static final int KEY_BYTES = 600;

  private static final String SCHEME = "Bearer ";

  private final LastUse lastUse;
  private final @Nullable String operatorKey;
  private final Memory<Optional<ApiKey>> keys;

  /// @param operatorKey opens nothing here
  public Gate(AccountStore store, Changes changes, LastUse lastUse, @Nullable String operatorKey) {
    this.lastUse = lastUse;
    this.operatorKey = operatorKey;
    this.keys =
        new Memory<>(
            HeapShare.KEYS,
            key -> key.isPresent() ? KEY_BYTES : 0,
            Change.Kind.API_KEY,
            changes,
            new Gathering<>(Gate.asked(store), Optional.<ApiKey>empty())::of);
  }

  private static Function<Collection<String>, Map<String, Optional<ApiKey>>> asked(
      AccountStore store) {
    return hashes ->
        store.keysByHash(hashes).stream().collect(toMap(ApiKey::hash, Optional::of, (a, b) -> a));
  }

  /// Answers a request of a known account.
  @FunctionalInterface
  public interface AccountHandler {
    Answer handle(Caller caller, Request request);
  }

  /// The handler behind the gate, for keys of this scope.
  public Handler guard(Scope scope, AccountHandler handler) {
    return request -> handler.handle(callerOf(request, scope), request);
  }

  @Override
  public Optional<String> remembered(Request request) {
    return shown(request).flatMap(text -> nameOf(text, hash -> keys.known(hash).flatMap(k -> k)));
  }

  @Override
  public Optional<String> find(Request request) {
    return shown(request).flatMap(text -> nameOf(text, keys::get));
  }

  private Optional<String> nameOf(String text, Function<String, Optional<ApiKey>> find) {
    return isOperators(text)
        ? Optional.of("operator")
        : find.apply(KeyHash.of(text)).map(ApiKey::id);
  }

  /// Passes requests that show the operator's key.
  ///
  /// @throws ProblemException 401 without a key, 403 with another one
  void requireOperator(Request request) {
    String shown = bearer(request);
    if (operatorKey == null) {
      throw new ProblemException(
          Kind.FORBIDDEN,
          "Accounts are made with the operator's key, and this server has none: set"
              + " QPR_OPERATOR_KEY and start it again.");
    }
    if (!isOperators(shown)) {
      throw new ProblemException(
          Kind.FORBIDDEN, "Accounts are made with the operator's key; this is another one.");
    }
  }

  private boolean isOperators(String text) {
    return operatorKey != null && MessageDigest.isEqual(bytes(text), bytes(operatorKey));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Whether the key of a request that is still being answered is good now.
  ///
  /// @throws ProblemException 401 or 403 when it is not
  public void check(Request request, Scope scope) {
    callerOf(request, scope);
  }

  /// What was remembered of the key is asked for again.
  void forget(ApiKey key) {
    keys.forget(key.hash());
  }

  private Caller callerOf(Request request, Scope scope) {
    String hash = KeyHash.of(bearer(request));
    ApiKey key =
        keys.get(hash)
            .orElseThrow(() ->
                new ProblemException(
                    Kind.UNAUTHORIZED,
                    "The API key is not known here: check that it was copied whole."));
    if (key.revoked()) {
      throw new ProblemException(
          Kind.FORBIDDEN, "The API key " + key.id() + " was revoked: use another one.");
    }
    if (!key.allows(scope)) {
      throw new ProblemException(
          Kind.FORBIDDEN,
          "The API key %s lacks the scope `%s`: use a key that has it."
              .formatted(key.id(), scope.text()));
    }
    lastUse.now(key.id());
    return Caller.of(key);
  }

  /// The secret that a request shows.
  ///
  /// @throws ProblemException 401 without one
  private static String bearer(Request request) {
    return shown(request)
        .orElseThrow(() ->
            new ProblemException(
                Kind.UNAUTHORIZED,
                "This needs an API key: send the header `Authorization: Bearer <key>`."));
  }

  private static Optional<String> shown(Request request) {
    return request
        .header("Authorization")
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip());
  }
}
