package io.openqpr.model;

import org.jspecify.annotations.Nullable;

/// Where a scan was made, as far as its address tells.
///
/// @param country ISO 3166-1 alpha-2, upper case
/// @param region the part of the ISO 3166-2 code after the hyphen, such as `CA`
/// @param city its English name
public record Place(@Nullable String country, @Nullable String region, @Nullable String city) {

  public static final Place UNKNOWN = new Place(null, null, null);
}
