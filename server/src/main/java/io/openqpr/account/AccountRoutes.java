package io.openqpr.account;

import io.openqpr.model.Account;
import io.openqpr.model.IdMaker;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /v1/accounts`: the operator adds a tenant, with its first key. Opened by the operator's
/// key from the settings, which opens nothing else.
final class AccountRoutes {

  private static final int MAX_BODY_BYTES = 4 * 1024;
  private static final int MAX_NAME = 200;

  /// The operator's requests belong to no account.
  private static final int NO_ACCOUNT = 0;

  private final AccountStore store;
  private final Keys keys;
  private final IdMaker ids;
  private final Idempotency once;
  private final Clock clock;
  private final @Nullable String operatorKey;

  AccountRoutes(
      AccountStore store,
      Keys keys,
      IdMaker ids,
      Idempotency once,
      Clock clock,
      @Nullable String operatorKey) {
    this.store = store;
    this.keys = keys;
    this.ids = ids;
    this.once = once;
    this.clock = clock;
    this.operatorKey = operatorKey;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/accounts", this::create));
  }

  /// @param key the text of the account's first key, shown this once
  private record View(String id, String name, Instant createdAt, String key) {}

  private Answer create(Request request) {
    requireOperator(request);
    return once.answer(NO_ACCOUNT, "operator", request, this::add);
  }

  private Answer add(Request request) {
    request.parameters().done();
    JsonBody body = request.jsonBody(MAX_BODY_BYTES);
    String name = body.requiredText("name", MAX_NAME);
    body.done();
    String key = keys.newText();
    Account account =
        store.create(
            ids.next(Account.ID_PREFIX),
            name,
            clock.instant(),
            number -> keys.of(number, Bootstrap.FIRST_KEY, null, key));
    return Answer.json(new View(account.id(), account.name(), account.createdAt(), key));
  }

  private void requireOperator(Request request) {
    String shown = Gate.bearer(request);
    if (operatorKey == null) {
      throw new ProblemException(
          Kind.FORBIDDEN,
          "Accounts are made with the operator's key, and this server has none: set"
              + " QPR_OPERATOR_KEY and start it again.");
    }
    if (!MessageDigest.isEqual(bytes(shown), bytes(operatorKey))) {
      throw new ProblemException(
          Kind.FORBIDDEN, "Accounts are made with the operator's key; this is another one.");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
