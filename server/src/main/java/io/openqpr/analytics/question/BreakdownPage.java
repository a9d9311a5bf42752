package io.openqpr.analytics.question;

import io.openqpr.storage.store.BreakdownQuestion.Sort;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.Trait;
import io.openqpr.web.http.Parameters;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which page of a breakdown is asked for.
///
/// @param cursor `null` for the first
record BreakdownPage(Sort sort, int limit, @Nullable BreakdownCursor cursor) {

  /// As many as a list can leave out, so that what is in no row can be listed.
  private static final int MAX_LIMIT = 90;

  private static final int DEFAULT_LIMIT = 50;

  /// Reads `sort`, `limit` and `cursor`; mistakes are told when the parameters are done.
  static BreakdownPage of(Parameters parameters, List<Facet> by) {
    Sort sort = parameters.choice("sort", Sort.class, Sort.SCANS);
    int limit = parameters.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    Optional<String> text = parameters.text("cursor");
    Optional<BreakdownCursor> cursor =
        text.flatMap(t -> BreakdownCursor.parse(t, by.size())).filter(c -> fits(c, by));
    if (text.isPresent() && cursor.isEmpty()) {
      parameters.error("cursor", "must be the `next_cursor` of the page before, unchanged");
    }
    return new BreakdownPage(sort, limit, cursor.orElse(null));
  }

  /// Whether the values can be those of the facets: a made-up one is as good as a real one then.
  private static boolean fits(BreakdownCursor cursor, List<Facet> by) {
    for (int i = 0; i < by.size(); i++) {
      Trait trait = by.get(i).trait();
      String value = cursor.behind().values().get(i);
      boolean right =
          switch (trait) {
            case QPR_CODE_ID, MESSAGES, HOUR, WEEKDAY ->
                value != null && value.matches("[0-9]{1,9}");
            case DEVICE -> value != null && value.matches("mobile|tablet|desktop|unknown");
            case CONVERSATION -> value != null && value.matches("none|open|completed");
            case COUNTRY,
                REGION,
                CITY,
                OS,
                BROWSER,
                LANGUAGE,
                REFERRER,
                PARAMS,
                METADATA,
                TEMPLATE ->
                value == null
                    || value.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
          };
      if (!right) {
        return false;
      }
    }
    return true;
  }
}
