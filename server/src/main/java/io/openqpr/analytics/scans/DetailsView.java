package io.openqpr.analytics.scans;

import io.openqpr.model.Details;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.RawJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a scan knows of its visit, as the API shows it when asked for with `expand=details`.
public record DetailsView(
    @Nullable String os,
    @Nullable String browser,
    @Nullable String language,
    @Nullable String referrer,
    RawJson params) {

  static DetailsView of(Details details) {
    return new DetailsView(
        details.os(),
        details.browser(),
        details.language(),
        details.referrer(),
        new RawJson(details.params()));
  }

  /// Whether a request asks for it.
  public static boolean isAskedFor(Parameters parameters) {
    return parameters.choice("expand", Map.of("details", true), false);
  }
}
