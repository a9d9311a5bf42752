package io.openqpr.events.webhook;

import io.openqpr.events.webhook.guard.TargetGuard;
import io.openqpr.events.webhook.guard.TargetRefusedException;
import io.openqpr.model.EventType;
import io.openqpr.platform.Near;
import io.openqpr.storage.store.Webhook.Way;
import io.openqpr.web.http.JsonBody;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a request says of a webhook; `null` is what it does not name.
///
/// @param clears names of fields whose value is taken away
record WebhookPatch(
    @Nullable String url,
    @Nullable Set<EventType> events,
    @Nullable String description,
    @Nullable WebhookFilters filters,
    @Nullable String headers,
    @Nullable Ordering ordering,
    @Nullable Integer batch,
    @Nullable Integer concurrency,
    @Nullable Integer rate,
    @Nullable Integer timeoutSeconds,
    @Nullable Boolean active,
    @Nullable ResumeFrom resumeFrom,
    List<String> clears) {

  enum Ordering {
    NONE,
    STRICT
  }

  static final Way USUAL = new Way(false, 1, 10, 0, Duration.ofSeconds(5));

  private static final int MAX_DESCRIPTION = 500;
  private static final int MAX_URL = 2_000;
  private static final int MAX_BATCH = 100;
  private static final int MAX_CONCURRENCY = 100;
  private static final int MAX_RATE = 10_000;
  private static final int MAX_TIMEOUT = 30;
  private static final List<String> OPTIONAL = List.of("description", "filters", "headers", "rate");
  private static final List<String> TYPES =
      Arrays.stream(EventType.values()).map(EventType::text).toList();

  /// @throws io.openqpr.web.http.ProblemException 400 with all mistakes
  static WebhookPatch ofNew(JsonBody body, TargetGuard guard) throws InterruptedException {
    if (!body.has("url")) {
      body.error("url", "is missing; it must be a URL such as https://example.com/hooks");
    }
    if (!body.has("events")) {
      body.error("events", "is missing; it must be one or more of " + String.join(", ", TYPES));
    }
    return read(body, guard, false);
  }

  /// @throws io.openqpr.web.http.ProblemException 400 with all mistakes
  static WebhookPatch ofChange(JsonBody body, TargetGuard guard) throws InterruptedException {
    for (String field :
        List.of("url", "events", "ordering", "batch", "concurrency", "timeout_seconds", "active")) {
      if (body.isNull(field)) {
        body.error(field, "can't be taken away; give it a value or leave it out");
      }
    }
    return read(body, guard, true);
  }

  private static WebhookPatch read(JsonBody body, TargetGuard guard, boolean change)
      throws InterruptedException {
    var patch =
        new WebhookPatch(
            url(body, guard),
            events(body),
            body.text("description", MAX_DESCRIPTION),
            WebhookFilters.read(body),
            CustomHeaders.read(body),
            body.choice("ordering", Ordering.class),
            body.integer("batch", 1, MAX_BATCH),
            body.integer("concurrency", 1, MAX_CONCURRENCY),
            body.integer("rate", 1, MAX_RATE),
            body.integer("timeout_seconds", 1, MAX_TIMEOUT),
            change ? body.flag("active") : null,
            change ? ResumeFrom.read(body) : null,
            OPTIONAL.stream().filter(body::isNull).toList());
    body.done();
    return patch;
  }

  private static @Nullable String url(JsonBody body, TargetGuard guard)
      throws InterruptedException {
    String url = body.text("url", MAX_URL);
    if (url != null) {
      try {
        guard.check(url);
      } catch (TargetRefusedException e) {
        body.error("url", e.reason());
      }
    }
    return url;
  }

  private static @Nullable Set<EventType> events(JsonBody body) {
    List<String> names = body.texts("events", 50, 100);
    if (names == null) {
      return null;
    }
    if (names.isEmpty()) {
      body.error("events", "must have at least one of " + String.join(", ", TYPES));
    }
    var events = EnumSet.noneOf(EventType.class);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String field = "events[" + i + "]";
      EventType.of(name)
          .ifPresentOrElse(
              events::add,
              () ->
                  body.error(
                      field,
                      "must be one of " + String.join(", ", TYPES) + Near.hint(name, TYPES)));
    }
    return events;
  }

  Way way(Way before) {
    return new Way(
        ordering == null ? before.strict() : ordering == Ordering.STRICT,
        batch == null ? before.batch() : batch,
        concurrency == null ? before.concurrency() : concurrency,
        clears.contains("rate") ? 0 : rate == null ? before.rate() : rate,
        timeoutSeconds == null ? before.timeout() : Duration.ofSeconds(timeoutSeconds));
  }
}
