package io.openqpr.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Asks for scans again and again, and tells each once. A scan is seen a moment after its
/// `scanned_at`, and not always in that order: so each question reaches back behind the one before,
/// and what was in that answer is left out. Only the server's clock is looked at.
final class NewScans {

  /// The longest that a scan may wait to be durable, and still not be missed.
  private static final Duration OVERLAP = Duration.ofSeconds(5);

  private final ApiClient api;
  private final Query filter;
  private Set<String> seen = Set.of();
  private @Nullable Instant since;

  NewScans(ApiClient api, Query filter) {
    this.api = api;
    this.filter = filter;
  }

  /// What the last answer did not have, oldest first. The first time: all of the last seconds.
  List<JsonNode> next() {
    if (since == null) {
      Reply newest = new Pages(api, "/v1/scans", filter).one(1);
      since = newest.date().minus(OVERLAP);
    }
    var now = new HashSet<String>();
    var news = new ArrayList<JsonNode>();
    Instant asked =
        new Pages(api, "/v1/scans", filter.with("since", since))
            .each(page -> {
              for (JsonNode scan : page.path("scans")) {
                String id = Reply.text(scan, "id");
                if (now.add(id) && !seen.contains(id)) {
                  news.add(scan);
                }
              }
            })
            .date();
    // Only now that all pages have come: a walk that broke off is walked again.
    seen = now;
    Instant next = asked.minus(OVERLAP);
    since = next.isAfter(since) ? next : since;
    return news.reversed();
  }
}
