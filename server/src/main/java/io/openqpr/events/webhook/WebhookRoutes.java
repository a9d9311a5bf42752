package io.openqpr.events.webhook;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.account.Idempotency;
import io.openqpr.events.feed.Feed;
import io.openqpr.events.webhook.guard.TargetGuard;
import io.openqpr.events.webhook.post.Failure;
import io.openqpr.events.webhook.post.Outcome;
import io.openqpr.model.EventType;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.Webhook;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Problem;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/v1/webhooks`: set, list, read, change, remove, a new secret, a test.
final class WebhookRoutes {

  static final String PREFIX = "wh_";
  static final int MAX_BODY_BYTES = 64 * 1024;

  private static final int USUAL_OVERLAP_HOURS = 24;
  private static final int MAX_OVERLAP_HOURS = 24 * 30;

  private final Webhooks webhooks;
  private final TargetGuard guard;
  private final Requests requests;
  private final SampleEvents samples;
  private final Feed feed;
  private final Gate gate;
  private final Idempotency once;
  private final Runnable changed;

  /// @param changed called after every change
  WebhookRoutes(
      Webhooks webhooks,
      TargetGuard guard,
      Requests requests,
      SampleEvents samples,
      Feed feed,
      Gate gate,
      Idempotency once,
      Runnable changed) {
    this.webhooks = webhooks;
    this.guard = guard;
    this.requests = requests;
    this.samples = samples;
    this.feed = feed;
    this.gate = gate;
    this.once = once;
    this.changed = changed;
  }

  List<Route> routes() {
    String one = "/v1/webhooks/{id}";
    return List.of(
        Route.post("/v1/webhooks", gate.guard(Scope.WEBHOOKS_WRITE, once.only(this::create))),
        Route.get("/v1/webhooks", gate.guard(Scope.WEBHOOKS_READ, this::list)),
        Route.get(one, gate.guard(Scope.WEBHOOKS_READ, this::read)),
        Route.patch(one, gate.guard(Scope.WEBHOOKS_WRITE, this::change)),
        Route.delete(one, gate.guard(Scope.WEBHOOKS_WRITE, this::remove)),
        Route.post(one + "/rotate", gate.guard(Scope.WEBHOOKS_WRITE, once.only(this::rotate))),
        Route.post(one + "/test", gate.guard(Scope.WEBHOOKS_WRITE, this::test)));
  }

  private Answer create(Caller caller, Request request) {
    request.parameters().done();
    JsonBody body = request.jsonBody(MAX_BODY_BYTES);
    WebhookPatch draft = uninterrupted(() -> WebhookPatch.ofNew(body, guard));
    return made(webhooks.create(caller.account(), draft));
  }

  private Answer made(Webhooks.Made made) {
    changed.run();
    return Answer.json(webhooks.view(made.webhook(), made.secret()));
  }

  private record ListView(List<WebhookView> webhooks) {}

  private Answer list(Caller caller, Request request) {
    request.parameters().done();
    return Answer.json(
        new ListView(
            webhooks.of(caller.account()).stream().map(w -> webhooks.view(w, null)).toList()));
  }

  private Answer read(Caller caller, Request request) {
    request.parameters().done();
    return Answer.json(
        webhooks.view(webhooks.require(caller.account(), request.pathParameter("id")), null));
  }

  private Answer change(Caller caller, Request request) {
    request.parameters().done();
    JsonBody body = request.jsonBody(MAX_BODY_BYTES);
    WebhookPatch patch = uninterrupted(() -> WebhookPatch.ofChange(body, guard));
    Webhook after = webhooks.change(caller.account(), request.pathParameter("id"), patch);
    changed.run();
    return Answer.json(webhooks.view(after, null));
  }

  private Answer remove(Caller caller, Request request) {
    request.parameters().done();
    Webhook removed = webhooks.remove(caller.account(), request.pathParameter("id"));
    changed.run();
    return Answer.json(webhooks.view(removed, null));
  }

  private Answer rotate(Caller caller, Request request) {
    request.parameters().done();
    JsonBody body = request.jsonBody(MAX_BODY_BYTES);
    Integer hours = body.integer("overlap_hours", 0, MAX_OVERLAP_HOURS);
    body.done();
    Duration overlap = Duration.ofHours(hours == null ? USUAL_OVERLAP_HOURS : hours);
    return made(webhooks.rotate(caller.account(), request.pathParameter("id"), overlap));
  }

  private record TestView(
      String eventId,
      String type,
      boolean delivered,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable String detail,
      @Nullable String response,
      AttemptView.PhasesView phasesMs) {}

  /// One attempt, now, of an event that never happened; not in the log, and never tried again.
  private Answer test(Caller caller, Request request) {
    request.parameters().done();
    JsonBody body = request.jsonBody(MAX_BODY_BYTES);
    String name = body.text("type", 100);
    EventType asked = name == null ? null : EventType.of(name).orElse(null);
    if (name != null && asked == null) {
      body.error("type", "must be a type of events, such as scan.created");
    }
    body.done();
    Webhook webhook = webhooks.require(caller.account(), request.pathParameter("id"));
    EventType type = asked == null ? webhook.events().iterator().next() : asked;
    Instant now = webhooks.now();
    FeedEvent event = samples.of(type, caller.account(), now);
    byte[] payload = feed.payload(event);
    Outcome outcome = uninterrupted(() -> requests.test(webhook, event.id().text(), payload, now));
    Failure failure = outcome.failure();
    if (failure == Failure.TARGET_REFUSED) {
      String reason = String.valueOf(outcome.detail());
      throw new ProblemException(
          new Problem(Kind.BAD_REQUEST, reason, List.of(new Problem.FieldError("url", reason))));
    }
    return Answer.json(
        new TestView(
            event.id().text(),
            type.text(),
            outcome.isSuccess(),
            outcome.status(),
            failure == null ? null : failure.text(),
            outcome.detail(),
            outcome.answer(),
            AttemptView.PhasesView.of(outcome.phases())));
  }

  private interface Waiting<T> {
    T done() throws InterruptedException;
  }

  /// Requests are interrupted by nobody but a server that ends.
  private static <T> T uninterrupted(Waiting<T> work) {
    try {
      return work.done();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Kind.OVERLOADED, "This server is about to end: ask again.");
    }
  }
}
