package io.openqpr.storage.store;

import io.openqpr.model.Details;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import io.openqpr.storage.store.VisitFilter.Trait;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Filters of visits, and whether a scan matches one: slow, and easy to believe.
final class NaiveVisits {

  private static final JsonMapper JSON = new JsonMapper();

  private static final Map<Trait, List<String>> ASKED =
      Map.of(
          Trait.COUNTRY, List.of("DE", "US", "FR"),
          Trait.REGION, List.of("BE", "13"),
          Trait.CITY, List.of("Berlin", "Tōkyō", "' or 1=1 --"),
          Trait.DEVICE, List.of("mobile", "unknown"),
          Trait.OS, List.of("iOS", "Android"),
          Trait.BROWSER, List.of("Safari", "Opera"),
          Trait.LANGUAGE, List.of("de", "de-AT", "d"),
          Trait.REFERRER, List.of("news.example.com"));

  private static final List<Map<String, String>> ASKED_PARAMS =
      List.of(
          Map.of("table", "12\"ä"),
          Map.of("p.table", "1"),
          Map.of("p.table", "1", "utm_source", "a,b"),
          Map.of("utm_source", "a,\"p.table\":\"1\""),
          Map.of("source", "a,b"),
          Map.of("utm_source", "a"),
          Map.of("%", "_"));

  private NaiveVisits() {}

  /// Often asks nothing, and seldom much.
  static VisitFilter random(RandomGenerator random) {
    var traits = new EnumMap<Trait, String>(Trait.class);
    ASKED.forEach((trait, values) -> {
      if (random.nextInt(8) == 0) {
        traits.put(trait, values.get(random.nextInt(values.size())));
      }
    });
    boolean params = random.nextInt(4) == 0;
    return new VisitFilter(
        traits, params ? ASKED_PARAMS.get(random.nextInt(ASKED_PARAMS.size())) : Map.of());
  }

  static boolean matches(VisitFilter filter, Scan scan) {
    return filter.traits().entrySet().stream().allMatch(t -> has(scan, t.getKey(), t.getValue()))
        && hasAll(JSON.readTree(ScanField.PARAMS.of(scan.details())), filter.params());
  }

  private static boolean has(Scan scan, Trait trait, String value) {
    Details details = scan.details();
    return switch (trait) {
      case COUNTRY -> value.equals(scan.place().country());
      case REGION -> value.equals(scan.place().region());
      case CITY -> value.equals(scan.place().city());
      case DEVICE -> value.equals(scan.device().name().toLowerCase(Locale.ROOT));
      case OS -> value.equals(details.get(ScanField.OS));
      case BROWSER -> value.equals(details.get(ScanField.BROWSER));
      case LANGUAGE ->
          (Objects.requireNonNullElse(details.get(ScanField.LANGUAGE), "") + "-")
              .startsWith(value + "-");
      case REFERRER -> value.equals(details.get(ScanField.REFERRER));
    };
  }

  private static boolean hasAll(JsonNode params, Map<String, String> asked) {
    return asked.entrySet().stream()
        .allMatch(param ->
            params.has(param.getKey())
                && params.get(param.getKey()).stringValue().equals(param.getValue()));
  }
}
