package io.openqpr.events.feed;

import io.openqpr.analytics.scans.VisitQuery;
import io.openqpr.model.EventType;
import io.openqpr.platform.Near;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.VisitFilter;
import io.openqpr.web.http.Parameters;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/// Which events a request asks for: `types`, `qpr_code_id`, and what [VisitQuery] reads.
public record FeedQuery(Set<EventType> types, Optional<String> codeId, VisitFilter visit) {

  private static final List<String> TYPES =
      Arrays.stream(EventType.values()).map(EventType::text).toList();

  /// Reads the parameters; mistakes are told when they are done.
  public static FeedQuery of(Parameters parameters) {
    Set<EventType> all = EnumSet.allOf(EventType.class);
    return new FeedQuery(
        parameters.parsed("types", all, FeedQuery::types),
        parameters.text("qpr_code_id"),
        VisitQuery.of(parameters));
  }

  /// Names of types with commas between.
  ///
  /// @throws IllegalArgumentException with what would be right
  static Set<EventType> types(String text) {
    var types = EnumSet.noneOf(EventType.class);
    for (String name : text.split(",", -1)) {
      EventType type =
          EventType.of(name.strip())
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "must be one or more of "
                          + String.join(", ", TYPES)
                          + ", with commas between"
                          + Near.hint(name.strip(), TYPES)));
      types.add(type);
    }
    return types;
  }

  /// @param codeNumber finds the number of a code's id, or answers 404
  public FeedFilter filter(int account, ToIntFunction<String> codeNumber) {
    Integer code = codeId.isEmpty() ? null : codeNumber.applyAsInt(codeId.get());
    return new FeedFilter(account, types, code, visit);
  }
}
