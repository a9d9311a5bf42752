package io.openqpr.analytics.scans;

import com.fasterxml.jackson.annotation.JsonValue;
import io.openqpr.model.Details;
import io.openqpr.model.ScanField;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a scan knows of its visit, as the API shows it when asked for with `expand=details`.
public record DetailsView(@JsonValue Map<String, @Nullable Object> fields) {

  static DetailsView of(Details details) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    for (ScanField field : ScanField.details()) {
      String value = field.of(details);
      fields.put(field.text(), value == null || !field.isJson() ? value : new RawJson(value));
    }
    return new DetailsView(fields);
  }

  /// Whether a request asks for it.
  public static boolean isAskedFor(Parameters parameters) {
    return parameters.choice("expand", Map.of("details", true), false);
  }
}
