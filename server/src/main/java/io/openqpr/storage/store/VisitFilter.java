package io.openqpr.storage.store;

import io.openqpr.model.Params;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import java.util.Locale;
import java.util.Map;

/// Which visits are meant: those that have all of these.
///
/// @param traits as scans have them; of a language also those that are finer, so that `de` means
///   `de-AT` too
/// @param params of the scan URL itself, by name
public record VisitFilter(Map<Trait, String> traits, Map<String, String> params) {

  public static final VisitFilter ANY = new VisitFilter(Map.of(), Map.of());

  /// Shown by lower-case name.
  public enum Trait {
    COUNTRY,
    REGION,
    CITY,
    /// A kind, by its lower-case name.
    DEVICE,
    OS,
    BROWSER,
    LANGUAGE,
    REFERRER
  }

  public VisitFilter {
    traits = Map.copyOf(traits);
    params = Map.copyOf(params);
  }

  public boolean isAny() {
    return traits.isEmpty() && params.isEmpty();
  }

  /// As the stores' SQL has it.
  public boolean matches(Scan scan) {
    return traits.entrySet().stream().allMatch(t -> has(scan, t.getKey(), t.getValue()))
        && params.entrySet().stream().allMatch(p -> hasParam(scan, p.getKey(), p.getValue()));
  }

  private static boolean has(Scan scan, Trait trait, String value) {
    return switch (trait) {
      case COUNTRY -> value.equals(scan.place().country());
      case REGION -> value.equals(scan.place().region());
      case CITY -> value.equals(scan.place().city());
      case DEVICE -> value.equals(scan.device().name().toLowerCase(Locale.ROOT));
      case OS -> value.equals(scan.details().get(ScanField.OS));
      case BROWSER -> value.equals(scan.details().get(ScanField.BROWSER));
      case LANGUAGE -> {
        String language = scan.details().get(ScanField.LANGUAGE);
        yield language != null && (language + "-").startsWith(value + "-");
      }
      case REFERRER -> value.equals(scan.details().get(ScanField.REFERRER));
    };
  }

  private static boolean hasParam(Scan scan, String name, String value) {
    String params = scan.details().get(ScanField.PARAMS);
    String member = Params.member(name, value);
    return params != null && (params.contains("{" + member) || params.contains("," + member));
  }
}
