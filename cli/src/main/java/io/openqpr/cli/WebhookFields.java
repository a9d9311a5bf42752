package io.openqpr.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is said of a webhook when it is made or changed.
final class WebhookFields {

  @Option(
      names = "--events",
      paramLabel = "TYPE",
      split = ",",
      completionCandidates = EventTypes.class,
      description =
          "Of what it is told: scan.created, conversation.started, conversation.completed,"
              + " qpr_code.created, qpr_code.updated, qpr_code.deleted.")
  private List<String> events = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "NAME=VALUE",
      description =
          "Only of such: country=DE, qpr_code_id=qpr_..., params.utm_source=poster, as in lists; may"
              + " be given again.")
  private Map<String, String> filters = new LinkedHashMap<>();

  @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
  private @Nullable String description;

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "Sent along, such as a key of your receiver; may be given again.")
  private Map<String, String> headers = new LinkedHashMap<>();

  @Option(
      names = "--ordering",
      paramLabel = "HOW",
      completionCandidates = Orderings.class,
      description =
          "none (the server's choice): what failed is tried again beside the rest; strict: nothing"
              + " passes it.")
  private @Nullable String ordering;

  @Option(names = "--batch", paramLabel = "N", description = "Up to so many events in a request.")
  private @Nullable Integer batch;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Up to so many requests at once.")
  private @Nullable Integer concurrency;

  @Option(names = "--rate", paramLabel = "N", description = "Up to so many requests a second.")
  private @Nullable Integer rate;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long your answer may take: 1 to 30; the server takes 5.")
  private @Nullable Integer timeoutSeconds;

  /// By the API's names, those that were given.
  Map<String, @Nullable Object> given() {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("events", events.isEmpty() ? null : events);
    fields.put("filters", filters.isEmpty() ? null : filters);
    fields.put("description", description);
    fields.put("headers", headers.isEmpty() ? null : headers);
    fields.put("ordering", ordering);
    fields.put("batch", batch);
    fields.put("concurrency", concurrency);
    fields.put("rate", rate);
    fields.put("timeout_seconds", timeoutSeconds);
    fields.values().removeIf(value -> value == null);
    return fields;
  }

  private static final class Orderings implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return List.of("none", "strict").iterator();
    }
  }
}
