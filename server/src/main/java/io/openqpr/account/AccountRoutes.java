package io.openqpr.account;

import io.openqpr.model.Account;
import io.openqpr.model.IdMaker;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

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
  private final Gate gate;
  private final Idempotency once;
  private final Clock clock;

  AccountRoutes(
      AccountStore store, Keys keys, IdMaker ids, Gate gate, Idempotency once, Clock clock) {
    this.store = store;
    this.keys = keys;
    this.ids = ids;
    this.gate = gate;
    this.once = once;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/accounts", this::create));
  }

  /// @param key the text of the account's first key, shown this once
  private record View(String id, String name, Instant createdAt, String key) {}

  private Answer create(Request request) {
    gate.requireOperator(request);
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
}
