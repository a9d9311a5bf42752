package io.openqpr.capture.place;

import io.openqpr.model.Place;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a place out of a database's record, whichever layout it has: MaxMind's nested one, which
/// DB-IP's own files share with names for codes, or flat fields as in files made from CSV. What a
/// record lacks, or has in another form, is unknown.
final class PlaceFields {

  private static final Pattern REGION_CODE = Pattern.compile("[A-Z0-9]{1,3}");

  /// A city's part in brackets behind it, as in `Berlin (Bezirk Mitte)`.
  private static final Pattern QUARTER = Pattern.compile("\\s*\\([^)]*\\)\\s*$");

  private static final int LONGEST_NAME = 100;

  private final Regions regions;

  PlaceFields(Regions regions) {
    this.regions = regions;
  }

  Place placeOf(Map<?, ?> fields) {
    String country = first(text(fields, "country_code"), text(fields, "country", "iso_code"));
    country = first(country, text(fields, "country"));
    if (country == null || !Countries.isCode(country)) {
      return Place.UNKNOWN;
    }
    return new Place(country, region(country, fields), city(fields));
  }

  private @Nullable String region(String country, Map<?, ?> fields) {
    Object largest =
        fields.get("subdivisions") instanceof List<?> all && !all.isEmpty() ? all.getFirst() : null;
    String code = text(largest, "iso_code");
    if (code != null && REGION_CODE.matcher(code).matches()) {
      return code;
    }
    String name = first(text(largest, "names", "en"), text(fields, "state1"));
    return name == null ? null : regions.codeOf(country, name);
  }

  private static @Nullable String city(Map<?, ?> fields) {
    String name = first(text(fields, "city", "names", "en"), text(fields, "city"));
    if (name == null) {
      return null;
    }
    String whole = QUARTER.matcher(name).replaceFirst("");
    return whole.isEmpty() ? null : whole;
  }

  private static @Nullable String first(@Nullable String a, @Nullable String b) {
    return a != null ? a : b;
  }

  private static @Nullable String text(@Nullable Object fields, String... path) {
    Object value = fields;
    for (String name : path) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return value instanceof String text && !text.isBlank() && text.length() <= LONGEST_NAME
        ? text.strip()
        : null;
  }
}
