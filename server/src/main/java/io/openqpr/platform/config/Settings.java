package io.openqpr.platform.config;

import io.openqpr.model.Cidr;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All settings, read once at the start and never changed. `openqpr.properties` in the resources is
/// their manual: every key, its default, its meaning.
///
/// @param port to listen on; 0 takes a free one
/// @param metricsPort for operators' tools alone; `null` to answer them on `port` too, 0 takes a
///   free one
/// @param dataDir everything this server keeps
/// @param apiKey the first account's first key; `null` to have one made and printed once
/// @param operatorKey makes accounts; `null` when nobody may
/// @param publicUrl how the world reaches this server, without a slash at the end; `null` for
///   `http://localhost:<port>`
/// @param trustedProxies whose headers about clients are believed
/// @param rateLimits how many requests a minute a key may send; `null` for any number
/// @param eventReaders how many may wait for events at once, streams among them
/// @param postgres where the store is; `null` for a file in the data directory
/// @param geoDatabase tells places from addresses; `null` for those in the data directory
public record Settings(
    int port,
    @Nullable Integer metricsPort,
    Path dataDir,
    @Nullable String apiKey,
    @Nullable String operatorKey,
    @Nullable String publicUrl,
    List<Cidr> trustedProxies,
    @Nullable RateLimitSettings rateLimits,
    int eventReaders,
    @Nullable PostgresUrl postgres,
    @Nullable Path geoDatabase,
    VisitorSettings visitors,
    WebhookSettings webhooks) {

  public Settings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  public String publicUrlAt(int realPort) {
    return publicUrl != null ? publicUrl : "http://localhost:" + realPort;
  }
}
