package io.openqpr.events.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.openqpr.events.webhook.WebhookPatch.Ordering;
import io.openqpr.model.EventType;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.Webhook.Way;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A webhook as the API shows it.
///
/// @param secret only where it was just made
/// @param headerNames of the custom headers, whose values are not shown again
record WebhookView(
    String id,
    String url,
    List<String> events,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret,
    boolean active,
    Instant createdAt,
    @Nullable String description,
    Map<String, String> filters,
    List<String> headerNames,
    Ordering ordering,
    int batch,
    int concurrency,
    @Nullable Integer rate,
    long timeoutSeconds,
    @Nullable Instant previousSecretUntil,
    @Nullable Instant disabledAt,
    @Nullable String disabledReason) {

  static WebhookView of(Webhook webhook, String headers, @Nullable String secret, Instant now) {
    Instant until = webhook.secrets().previousUntil();
    Way way = webhook.way();
    var off = webhook.switchedOff();
    return new WebhookView(
        webhook.id(),
        webhook.url(),
        webhook.events().stream().map(EventType::text).toList(),
        secret,
        webhook.isActive(),
        webhook.createdAt(),
        webhook.description(),
        WebhookFilters.view(
            webhook.code() == null ? null : webhook.code().id().text(), webhook.visit()),
        CustomHeaders.names(headers),
        way.strict() ? Ordering.STRICT : Ordering.NONE,
        way.batch(),
        way.concurrency(),
        way.rate() == 0 ? null : way.rate(),
        way.timeout().toSeconds(),
        until == null || !until.isAfter(now) ? null : until,
        off == null ? null : off.at(),
        off == null ? null : off.reason());
  }
}
