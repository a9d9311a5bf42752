package io.openqpr.platform;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Time zones by all names of the zone database, links of old names included.
public final class Zones {

  /// Names of the database that Java leaves out, and where they lead.
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "EST", "America/Panama",
          "MST", "America/Phoenix",
          "HST", "Pacific/Honolulu",
          "ROC", "Asia/Taipei",
          "GMT+0", "GMT",
          "GMT-0", "GMT",
          "Factory", "UTC");

  private static final Set<String> NAMES =
      Stream.concat(ZoneId.getAvailableZoneIds().stream(), LEFT_OUT.keySet().stream())
          .collect(toUnmodifiableSet());

  private Zones() {}

  /// Empty for a text that is no such name; an offset such as `+02:00` is none.
  public static Optional<ZoneId> named(String name) {
    return NAMES.contains(name)
        ? Optional.of(ZoneId.of(LEFT_OUT.getOrDefault(name, name)))
        : Optional.empty();
  }

  /// Of the zone database in use, such as `2026a`: the JDK's.
  public static String version() {
    return ZoneRulesProvider.getVersions("UTC").lastKey();
  }

  public static Set<String> names() {
    return NAMES;
  }
}
