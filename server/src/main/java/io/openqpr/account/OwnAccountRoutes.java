package io.openqpr.account;

import io.openqpr.model.Account;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/v1/account`: what an account says about itself, and how long its scans are kept.
final class OwnAccountRoutes {

  private static final int MAX_BODY_BYTES = 4 * 1024;
  private static final String RETENTION_DAYS = "retention_days";

  private final AccountStore store;
  private final Gate gate;

  OwnAccountRoutes(AccountStore store, Gate gate) {
    this.store = store;
    this.gate = gate;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/account", gate.guard(Scope.ACCOUNT_WRITE, this::read)),
        Route.patch("/v1/account", gate.guard(Scope.ACCOUNT_WRITE, this::change)));
  }

  private record View(String id, String name, Instant createdAt, @Nullable Integer retentionDays) {

    static View of(Account account) {
      return new View(account.id(), account.name(), account.createdAt(), account.retentionDays());
    }
  }

  private Answer read(Caller caller, Request request) {
    request.parameters().done();
    return Answer.json(View.of(store.byNumber(caller.account())));
  }

  /// A JSON merge patch: what it does not name stays, `null` takes a limit away.
  private Answer change(Caller caller, Request request) {
    request.parameters().done();
    JsonBody body = request.jsonBody(MAX_BODY_BYTES);
    Integer days = body.integer(RETENTION_DAYS, 1, Account.MAX_RETENTION_DAYS);
    body.done();
    boolean named = days != null || body.isNull(RETENTION_DAYS);
    return Answer.json(
        View.of(named ? store.keepFor(caller.account(), days) : store.byNumber(caller.account())));
  }
}
