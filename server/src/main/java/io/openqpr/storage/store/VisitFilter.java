package io.openqpr.storage.store;

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
}
