package io.openqpr.events.webhook;

import io.openqpr.code.Codes;
import io.openqpr.events.feed.Feed;
import io.openqpr.model.CodeRef;
import io.openqpr.model.IdMaker;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.Webhook.Secrets;
import io.openqpr.storage.store.Webhook.SwitchedOff;
import io.openqpr.storage.store.WebhookStore;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The webhooks of accounts: made, changed, removed.
final class Webhooks {

  static final int MOST = 100;

  /// Somebody switched it off over HTTP.
  private static final String BY_REQUEST = "switched_off";

  private final WebhookStore store;
  private final FeedStore feedStore;
  private final Feed feed;
  private final Codes codes;
  private final SealedTexts sealed;
  private final SecureRandom random;
  private final IdMaker ids;
  private final Clock clock;

  Webhooks(
      WebhookStore store,
      FeedStore feedStore,
      Feed feed,
      Codes codes,
      SealedTexts sealed,
      SecureRandom random,
      IdMaker ids,
      Clock clock) {
    this.store = store;
    this.feedStore = feedStore;
    this.feed = feed;
    this.codes = codes;
    this.sealed = sealed;
    this.random = random;
    this.ids = ids;
    this.clock = clock;
  }

  /// A webhook and its secret, which nobody can read again.
  record Made(Webhook webhook, String secret) {}

  Made create(int account, WebhookPatch draft) {
    String id = ids.next(WebhookRoutes.PREFIX);
    String secret = Signatures.newSecret(random);
    WebhookFilters filters = draft.filters() == null ? WebhookFilters.NONE : draft.filters();
    var webhook =
        new Webhook(
            id,
            account,
            draft.url() == null ? "" : draft.url(),
            draft.description(),
            draft.events() == null ? Set.of() : draft.events(),
            code(account, filters),
            filters.visit(),
            sealed.seal(id, draft.headers() == null ? "" : draft.headers()),
            draft.way(WebhookPatch.USUAL),
            new Secrets(sealed.seal(id, secret), null, null),
            null,
            now());
    if (!store.add(webhook, feed.head(), MOST)) {
      throw new ProblemException(
          Kind.CONFLICT,
          "Your account has %d webhooks, and no more can be: remove one first.".formatted(MOST));
    }
    return new Made(webhook, secret);
  }

  private @Nullable CodeRef code(int account, WebhookFilters filters) {
    return filters.code() == null ? null : codes.require(account, filters.code()).ref();
  }

  List<Webhook> of(int account) {
    return store.of(account);
  }

  /// @throws ProblemException 404
  Webhook require(int account, String id) {
    return store.find(account, id).orElseThrow(Webhooks::absent);
  }

  static ProblemException absent() {
    return new ProblemException(
        Kind.NOT_FOUND,
        "There is no webhook with this id in your account; list them at /v1/webhooks.");
  }

  Webhook change(int account, String id, WebhookPatch patch) {
    require(account, id);
    WebhookFilters filters =
        patch.clears().contains("filters") ? WebhookFilters.NONE : patch.filters();
    CodeRef code = filters == null ? null : code(account, filters);
    FeedPlace moveTo =
        switch (patch.resumeFrom()) {
          case ResumeFrom.Now _ -> feed.head();
          case ResumeFrom.Time(Instant time) -> feedStore.at(time);
          case ResumeFrom.WhereItStopped _ -> null;
          case null -> null;
        };
    return update(account, id, before -> applied(before, patch, filters, code), moveTo);
  }

  private Webhook update(
      int account, String id, UnaryOperator<Webhook> change, @Nullable FeedPlace moveTo) {
    return store.update(account, id, change, moveTo).orElseThrow(Webhooks::absent);
  }

  private Webhook applied(
      Webhook before,
      WebhookPatch patch,
      @Nullable WebhookFilters filters,
      @Nullable CodeRef code) {
    String id = before.id();
    String headers = patch.clears().contains("headers") ? "" : patch.headers();
    return new Webhook(
        id,
        before.account(),
        patch.url() == null ? before.url() : patch.url(),
        patch.clears().contains("description")
            ? null
            : patch.description() == null ? before.description() : patch.description(),
        patch.events() == null ? before.events() : patch.events(),
        filters == null ? before.code() : code,
        filters == null ? before.visit() : filters.visit(),
        headers == null ? before.headers() : sealed.seal(id, headers),
        patch.way(before.way()),
        before.secrets(),
        switchedOff(before, patch.active()),
        before.createdAt());
  }

  private @Nullable SwitchedOff switchedOff(Webhook before, @Nullable Boolean active) {
    if (active == null || active == before.isActive()) {
      return before.switchedOff();
    }
    return active ? null : new SwitchedOff(now(), BY_REQUEST);
  }

  /// @param overlap for how long the secret before signs too
  Made rotate(int account, String id, Duration overlap) {
    String secret = Signatures.newSecret(random);
    Webhook changed =
        update(
            account,
            id,
            before ->
                before.with(
                    overlap.isZero()
                        ? new Secrets(sealed.seal(id, secret), null, null)
                        : new Secrets(
                            sealed.seal(id, secret),
                            before.secrets().current(),
                            now().plus(overlap))),
            null);
    return new Made(changed, secret);
  }

  Webhook remove(int account, String id) {
    Webhook there = require(account, id);
    if (!store.remove(account, id)) {
      throw absent();
    }
    return there;
  }

  WebhookView view(Webhook webhook, @Nullable String secret) {
    return WebhookView.of(webhook, sealed.open(webhook.id(), webhook.headers()), secret, now());
  }

  /// To the millisecond, as the store keeps it.
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
