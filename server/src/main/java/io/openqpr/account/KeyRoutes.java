package io.openqpr.account;

import io.openqpr.model.Scope;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.storage.store.AccountStore.Revocation;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `/v1/api-keys`: make, list, revoke.
final class KeyRoutes {

  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final int MAX_NAME = 200;

  private final AccountStore store;
  private final Keys keys;
  private final Gate gate;
  private final Idempotency once;
  private final LastUse lastUse;
  private final Clock clock;

  KeyRoutes(
      AccountStore store, Keys keys, Gate gate, Idempotency once, LastUse lastUse, Clock clock) {
    this.store = store;
    this.keys = keys;
    this.gate = gate;
    this.once = once;
    this.lastUse = lastUse;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/api-keys", gate.guard(Scope.KEYS_WRITE, once.only(this::create))),
        Route.get("/v1/api-keys", gate.guard(Scope.KEYS_WRITE, this::list)),
        Route.delete("/v1/api-keys/{id}", gate.guard(Scope.KEYS_WRITE, this::revoke)));
  }

  private Answer create(Caller caller, Request request) {
    request.parameters().done();
    JsonBody body = request.jsonBody(MAX_BODY_BYTES);
    String name = body.requiredText("name", MAX_NAME);
    Set<Scope> scopes = scopes(body);
    body.done();
    if (scopes == null) {
      scopes = caller.scopes();
    } else {
      requireOwn(scopes, caller);
    }
    Keys.Made made = keys.make(caller.account(), name, scopes);
    return Answer.json(KeyView.New.of(made.key(), made.text()));
  }

  /// `null` when none are named. Naming all of them makes a full key too.
  private static @Nullable Set<Scope> scopes(JsonBody body) {
    List<String> texts = body.texts("scopes", Scope.values().length, 40);
    if (texts == null) {
      return null;
    }
    var scopes = EnumSet.noneOf(Scope.class);
    for (int i = 0; i < texts.size(); i++) {
      String field = "scopes[" + i + "]";
      Scope.of(texts.get(i))
          .ifPresentOrElse(
              scopes::add,
              () -> body.error(field, "must be one of " + names(EnumSet.allOf(Scope.class))));
    }
    if (texts.isEmpty()) {
      body.error("scopes", "must name at least one; leave it out for all");
    }
    return scopes.equals(EnumSet.allOf(Scope.class)) ? null : scopes;
  }

  /// Nobody makes a key that may do more than their own.
  private static void requireOwn(Set<Scope> scopes, Caller caller) {
    Set<Scope> own = caller.scopes();
    if (own != null && !own.containsAll(scopes)) {
      var more = EnumSet.copyOf(scopes);
      more.removeAll(own);
      throw new ProblemException(
          Kind.FORBIDDEN,
          "Your key lacks %s, so it cannot make a key that has it.".formatted(names(more)));
    }
  }

  private static String names(Set<Scope> scopes) {
    return String.join(", ", scopes.stream().map(scope -> "`" + scope.text() + "`").toList());
  }

  private record ListView(List<KeyView> keys) {}

  private Answer list(Caller caller, Request request) {
    request.parameters().done();
    return Answer.json(
        new ListView(
            store.keys(caller.account()).stream().map(k -> KeyView.of(k, lastUse)).toList()));
  }

  private Answer revoke(Caller caller, Request request) {
    request.parameters().done();
    String id = request.pathParameter("id");
    return switch (store.revokeKey(caller.account(), id, clock.instant())) {
      case Revocation.Revoked(var key) -> {
        gate.forget(key);
        yield Answer.json(KeyView.of(key, lastUse));
      }
      case Revocation.LastFullKey() ->
          throw new ProblemException(
              Kind.CONFLICT,
              "This is the last key that may do everything: make another one first.");
      case Revocation.Absent() ->
          throw new ProblemException(
              Kind.NOT_FOUND,
              "There is no API key with this id in your account; list them at /v1/api-keys.");
    };
  }
}
