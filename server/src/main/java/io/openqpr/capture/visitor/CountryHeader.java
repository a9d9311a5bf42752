package io.openqpr.capture.visitor;

import io.openqpr.capture.place.Countries;
import io.openqpr.model.Place;
import io.openqpr.web.http.Request;
import java.util.List;
import java.util.Locale;

/// The country that a proxy found out, from the headers of those that do.
final class CountryHeader {

  private static final List<String> NAMES =
      List.of("CF-IPCountry", "CloudFront-Viewer-Country", "X-Vercel-IP-Country");

  private CountryHeader() {}

  /// Of the first header that is there; unknown when that is no country, or is there twice, as when
  /// a proxy adds its own to what the client sent.
  ///
  /// @param request from a trusted proxy
  static Place placeOf(Request request) {
    for (String name : NAMES) {
      List<String> values = request.headers(name);
      if (!values.isEmpty()) {
        String country = values.getFirst().strip().toUpperCase(Locale.ROOT);
        boolean usable = values.size() == 1 && Countries.isCode(country);
        return usable ? new Place(country, null, null) : Place.UNKNOWN;
      }
    }
    return Place.UNKNOWN;
  }
}
