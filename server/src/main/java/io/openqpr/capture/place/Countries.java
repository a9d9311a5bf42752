package io.openqpr.capture.place;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The codes of countries: ISO 3166-1 alpha-2, and `XK` for Kosovo, which everybody uses and the
/// standard leaves to its users.
///
/// What databases and proxies say instead of a country is none: `EU`, `AP`, `XX` for unknown, `T1`
/// for Tor.
public final class Countries {

  private static final Set<String> CODES =
      Stream.concat(Stream.of(Locale.getISOCountries()), Stream.of("XK"))
          .collect(Collectors.toUnmodifiableSet());

  private Countries() {}

  public static boolean isCode(String text) {
    return CODES.contains(text);
  }
}
