package io.openqpr.storage.store;

import io.openqpr.model.CodeRef;
import io.openqpr.model.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where an account wants to be told of events, and how.
///
/// @param events at least one
/// @param code only events of this code; `null` for all
/// @param headers the custom ones, sealed by whoever made them
/// @param switchedOff why nothing is sent; `null` while it is active
public record Webhook(
    String id,
    int account,
    String url,
    @Nullable String description,
    Set<EventType> events,
    @Nullable CodeRef code,
    VisitFilter visit,
    String headers,
    Way way,
    Secrets secrets,
    @Nullable SwitchedOff switchedOff,
    Instant createdAt) {

  /// How it is sent.
  ///
  /// @param strict whether an event waits for all before it
  /// @param batch up to so many events in one request; 1 sends each by itself
  /// @param concurrency up to so many requests at once
  /// @param rate up to so many requests a second; 0 for any number
  /// @param timeout for a whole attempt
  public record Way(boolean strict, int batch, int concurrency, int rate, Duration timeout) {}

  /// Both sealed by whoever made them.
  ///
  /// @param previous signs too until its time; `null` where there is none
  public record Secrets(
      String current, @Nullable String previous, @Nullable Instant previousUntil) {}

  /// @param reason a word of a closed set
  public record SwitchedOff(Instant at, String reason) {}

  public Webhook {
    events = Collections.unmodifiableSet(EnumSet.copyOf(events));
  }

  public boolean isActive() {
    return switchedOff == null;
  }

  /// What of the feed is meant for it.
  public FeedFilter filter() {
    return new FeedFilter(account, events, code == null ? null : code.number(), visit);
  }

  public Webhook with(@Nullable SwitchedOff off) {
    return new Webhook(
        id, account, url, description, events, code, visit, headers, way, secrets, off, createdAt);
  }

  public Webhook with(Secrets others) {
    return new Webhook(
        id,
        account,
        url,
        description,
        events,
        code,
        visit,
        headers,
        way,
        others,
        switchedOff,
        createdAt);
  }
}
