package io.openqpr.events.webhook;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.account.Idempotency;
import io.openqpr.model.EventType;
import io.openqpr.model.IdMaker;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.Attempt;
import io.openqpr.storage.store.Attempt.State;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.WebhookStore;
import io.openqpr.storage.store.WebhookStore.AttemptFilter;
import io.openqpr.storage.store.WebhookStore.Behind;
import io.openqpr.storage.store.WebhookStore.Resend;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Cursor;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Paging;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was sent: the log of attempts, and sending again.
final class DeliveryRoutes {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final Webhooks webhooks;
  private final WebhookStore store;
  private final IdMaker ids;
  private final Gate gate;
  private final Idempotency once;
  private final Runnable changed;

  /// @param changed called after every change
  DeliveryRoutes(
      Webhooks webhooks,
      WebhookStore store,
      IdMaker ids,
      Gate gate,
      Idempotency once,
      Runnable changed) {
    this.webhooks = webhooks;
    this.store = store;
    this.ids = ids;
    this.gate = gate;
    this.once = once;
    this.changed = changed;
  }

  List<Route> routes() {
    String one = "/v1/webhooks/{id}";
    return List.of(
        Route.get(one + "/deliveries", gate.guard(Scope.WEBHOOKS_READ, this::list)),
        Route.post(
            one + "/deliveries/{delivery}/resend",
            gate.guard(Scope.WEBHOOKS_WRITE, once.only(this::resendOne))),
        Route.post(
            one + "/resends", gate.guard(Scope.WEBHOOKS_WRITE, once.only(this::resendFailed))),
        Route.get(one + "/resends/{resend}", gate.guard(Scope.WEBHOOKS_READ, this::progress)));
  }

  private record ListView(List<AttemptView> deliveries, int limit, @Nullable String nextCursor) {}

  private Answer list(Caller caller, Request request) {
    Parameters parameters = request.parameters();
    Optional<State> state = parameters.optionalChoice("state", State.class);
    String type = parameters.<@Nullable String>parsed("event", null, DeliveryRoutes::type);
    Optional<Instant> since = parameters.instant("since");
    Optional<Instant> until = parameters.instant("until");
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      parameters.error("since", "must be before `until`");
    }
    Paging paging = Paging.byCursor(parameters, DEFAULT_LIMIT, MAX_LIMIT);
    parameters.done();
    Webhook webhook = webhooks.require(caller.account(), request.pathParameter("id"));
    var filter =
        new AttemptFilter(
            webhook.id(), state.orElse(null), type, since.orElse(null), until.orElse(null));
    Behind behind = paging.cursor().map(c -> new Behind(c.time(), c.id())).orElse(null);
    List<Attempt> attempts = store.attempts(filter, paging.limit() + 1, behind);
    return Answer.json(
        new ListView(
            paging.shown(attempts).stream().map(AttemptView::of).toList(),
            paging.limit(),
            paging.nextCursor(attempts, a -> new Cursor(a.startedAt(), a.id()))));
  }

  private static String type(String text) {
    if (EventType.of(text).isEmpty() && !text.equals(Notices.TYPE)) {
      throw new IllegalArgumentException("must be a type of events, such as scan.created");
    }
    return text;
  }

  private record AgainView(String id, String eventId) {}

  private Answer resendOne(Caller caller, Request request) {
    request.parameters().done();
    Webhook webhook = active(caller, request);
    Attempt attempt =
        store
            .attempt(webhook.id(), request.pathParameter("delivery"))
            .orElseThrow(() ->
                new ProblemException(
                    Kind.NOT_FOUND, "There is no delivery with this id in the webhook's log."));
    Instant now = webhooks.now();
    store.resend(new Waiting(attempt.delivery(), 0, now, attempt.startedAt(), null));
    changed.run();
    return Answer.json(new AgainView(attempt.id(), attempt.delivery().id()));
  }

  private Webhook active(Caller caller, Request request) {
    Webhook webhook = webhooks.require(caller.account(), request.pathParameter("id"));
    if (!webhook.isActive()) {
      throw new ProblemException(
          Kind.CONFLICT, "The webhook is switched off: switch it on first, with `active`.");
    }
    return webhook;
  }

  private record ResendView(
      String id,
      Instant createdAt,
      @Nullable Instant since,
      @Nullable Instant until,
      String state,
      long total,
      long delivered,
      long waiting,
      long failed) {

    static ResendView of(Resend resend) {
      return new ResendView(
          resend.id(),
          resend.createdAt(),
          resend.since(),
          resend.until(),
          resend.waiting() == 0 ? "done" : "running",
          resend.total(),
          Math.max(0, resend.total() - resend.waiting() - resend.failed()),
          resend.waiting(),
          resend.failed());
    }
  }

  private Answer resendFailed(Caller caller, Request request) {
    request.parameters().done();
    JsonBody body = request.jsonBody(WebhookRoutes.MAX_BODY_BYTES);
    Instant since = time(body, "since");
    Instant until = time(body, "until");
    if (since != null && until != null && !since.isBefore(until)) {
      body.error("since", "must be before `until`");
    }
    body.done();
    Webhook webhook = active(caller, request);
    Resend resend =
        store.resendFailed(webhook.id(), ids.next("resend_"), since, until, webhooks.now());
    changed.run();
    return Answer.json(ResendView.of(resend));
  }

  private static @Nullable Instant time(JsonBody body, String field) {
    String text = body.text(field, 40);
    try {
      return text == null ? null : Parameters.instantOf(text);
    } catch (IllegalArgumentException e) {
      body.error(field, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private Answer progress(Caller caller, Request request) {
    request.parameters().done();
    Webhook webhook = webhooks.require(caller.account(), request.pathParameter("id"));
    return store
        .resend(webhook.id(), request.pathParameter("resend"))
        .map(resend -> Answer.json(ResendView.of(resend)))
        .orElseThrow(
            () -> new ProblemException(Kind.NOT_FOUND, "There is no resend with this id."));
  }
}
