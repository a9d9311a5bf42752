package io.openqpr.events.webhook;

import io.openqpr.analytics.scans.VisitQuery;
import io.openqpr.storage.store.VisitFilter;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The field `filters`: an object with the filters of lists as members.
///
/// @param code the id of a code
record WebhookFilters(@Nullable String code, VisitFilter visit) {

  static final WebhookFilters NONE = new WebhookFilters(null, VisitFilter.ANY);

  private static final String FIELD = "filters";
  private static final String CODE = "qpr_code_id";

  /// `null` where it is absent.
  static @Nullable WebhookFilters read(JsonBody body) {
    Map<String, @Nullable String> members = body.textMembers(FIELD);
    if (members == null) {
      return null;
    }
    var texts = new LinkedHashMap<String, String>();
    members.forEach((name, text) -> {
      if (text == null) {
        body.error(FIELD + "." + name, "must be a text");
      } else {
        texts.put(name, text);
      }
    });
    Parameters parameters = Parameters.of(texts);
    Optional<String> code = parameters.text(CODE);
    VisitFilter visit = VisitQuery.of(parameters);
    try {
      parameters.done();
    } catch (ProblemException e) {
      e.problem().errors().forEach(m -> body.error(FIELD + "." + m.field(), m.message()));
    }
    return new WebhookFilters(code.orElse(null), visit);
  }

  /// As it is shown.
  static Map<String, String> view(@Nullable String code, VisitFilter visit) {
    var view = new LinkedHashMap<String, String>();
    if (code != null) {
      view.put(CODE, code);
    }
    VisitQuery.parameters(visit)
        .forEach((name, values) -> view.put(name, String.join(",", values)));
    return view;
  }
}
