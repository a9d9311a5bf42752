package io.openqpr.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which events are meant.
final class EventFilterOptions {

  @Option(
      names = "--events",
      paramLabel = "TYPE",
      split = ",",
      completionCandidates = EventTypes.class,
      description = "Only of these types, such as scan.created,conversation.completed.")
  private List<String> types = List.of();

  @Option(names = "--code", paramLabel = "ID", description = "Only of the code of this id.")
  private @Nullable String code;

  @Option(
      names = "--filter",
      paramLabel = "NAME=VALUE",
      description =
          "Only of such visits: country=DE, device=mobile, params.utm_source=poster and so on, as in"
              + " lists; may be given again.")
  private Map<String, String> filters = new LinkedHashMap<>();

  Query query() {
    Query query =
        Query.NONE
            .with("types", types.isEmpty() ? null : String.join(",", types))
            .with("qpr_code_id", code);
    for (Map.Entry<String, String> filter : filters.entrySet()) {
      query = query.with(Query.encoded(filter.getKey()), filter.getValue());
    }
    return query;
  }
}
