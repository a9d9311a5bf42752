package io.openqpr.storage.store;

import io.openqpr.model.Details;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import io.openqpr.model.Template;
import io.openqpr.storage.store.Demand.Operator;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Filters of visits, and whether a scan matches one: slow, and easy to believe.
final class NaiveVisits {

  private static final JsonMapper JSON = new JsonMapper();

  static final List<ZoneId> ZONES =
      List.of(
          ZoneOffset.UTC,
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("Asia/Kathmandu"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Pacific/Apia"),
          ZoneId.of("America/St_Johns"));

  private static final Set<Trait> OF_VISITS = EnumSet.range(Trait.COUNTRY, Trait.METADATA);

  private static final Set<Operator> OF_WORDS = EnumSet.of(Operator.ANY, Operator.NOT);
  private static final Set<Operator> OF_TEXTS = EnumSet.range(Operator.ANY, Operator.STARTS);

  private static final Map<Trait, List<String>> ASKED = asked();

  private static final Map<Trait, List<String>> NAMES =
      Map.of(
          Trait.PARAMS, List.of("table", "p.table", "utm_source", "source", "%"),
          Trait.METADATA, List.of("floor", "table", "a/b~\"c", "nested", "on", "none"));

  private NaiveVisits() {}

  private static Map<Trait, List<String>> asked() {
    var asked = new EnumMap<Trait, List<String>>(Trait.class);
    asked.put(Trait.COUNTRY, List.of("DE", "US", "FR", "none"));
    asked.put(Trait.REGION, List.of("BE", "13", "none"));
    asked.put(Trait.CITY, List.of("Berlin", "Tōkyō", "' or 1=1 --", "none", "er", "%"));
    asked.put(Trait.DEVICE, List.of("mobile", "unknown", "tablet"));
    asked.put(Trait.OS, List.of("iOS", "Android", "none", "i"));
    asked.put(Trait.BROWSER, List.of("Safari", "Opera", "none"));
    asked.put(Trait.LANGUAGE, List.of("de", "de-AT", "d", "none", "fr"));
    asked.put(Trait.REFERRER, List.of("news.example.com", "none", "news", "example"));
    asked.put(
        Trait.PARAMS,
        List.of(
            "12\"ä", "1", "a,b", "a,\"p.table\":\"1\"", "a", "_", "none", "p.table", "\"", "\\"));
    asked.put(
        Trait.METADATA,
        List.of("3", "03", "-7", "12 ä", "true", "none", "1", "", "2.50", "x'y", "null", "12"));
    asked.put(Trait.TEMPLATE, List.of("retail", "events", "business", "none"));
    asked.put(Trait.CONVERSATION, List.of("none", "open", "completed"));
    asked.put(Trait.MESSAGES, List.of("0", "1", "3", "5"));
    asked.put(Trait.HOUR, List.of("0", "7", "13", "23"));
    asked.put(Trait.WEEKDAY, List.of("1", "4", "7"));
    return asked;
  }

  /// Of visits alone. Often asks nothing, and seldom much.
  static VisitFilter random(RandomGenerator random) {
    return random(random, OF_VISITS, 8, List.of());
  }

  /// Of scans, whatever can be asked of them.
  ///
  /// @param codes numbers of some
  static VisitFilter ofScans(RandomGenerator random, List<Integer> codes) {
    return random(random, EnumSet.allOf(Trait.class), 12, codes);
  }

  private static VisitFilter random(
      RandomGenerator random, Set<Trait> traits, int seldom, List<Integer> codes) {
    var demands = new ArrayList<Demand>();
    for (Trait trait : traits) {
      if (random.nextInt(seldom) == 0) {
        Facet facet = facet(random, trait);
        demands.add(demand(random, facet, codes));
        if (random.nextInt(4) == 0) {
          Demand second = demand(random, facet, codes);
          if (second.operator() != demands.getLast().operator()) {
            demands.add(second);
          }
        }
      }
    }
    return new VisitFilter(demands);
  }

  static Facet facet(RandomGenerator random, Trait trait) {
    if (trait.isLocal()) {
      return new Facet(trait, "", ZONES.get(random.nextInt(ZONES.size())));
    }
    List<String> names = NAMES.getOrDefault(trait, List.of(""));
    return Facet.of(trait, names.get(random.nextInt(names.size())));
  }

  private static Demand demand(RandomGenerator random, Facet facet, List<Integer> codes) {
    List<String> values =
        facet.trait() == Trait.QPR_CODE_ID
            ? codes.stream().map(String::valueOf).toList()
            : ASKED.get(facet.trait());
    Operator operator = operator(random, facet.trait());
    boolean one = operator == Operator.MIN || operator == Operator.MAX;
    var chosen = new HashSet<String>();
    for (int i = one ? 0 : random.nextInt(3); i >= 0; i--) {
      chosen.add(values.get(random.nextInt(values.size())));
    }
    return new Demand(facet, operator, List.copyOf(chosen));
  }

  private static Operator operator(RandomGenerator random, Trait trait) {
    List<Operator> operators =
        List.copyOf(
            switch (trait) {
              case MESSAGES -> EnumSet.of(Operator.MIN, Operator.MAX);
              case LANGUAGE -> EnumSet.range(Operator.ANY, Operator.IS);
              case REGION, CITY, OS, BROWSER, REFERRER, PARAMS, METADATA -> OF_TEXTS;
              case COUNTRY, DEVICE, QPR_CODE_ID, TEMPLATE, CONVERSATION, HOUR, WEEKDAY -> OF_WORDS;
            });
    return operators.get(random.nextInt(3) == 0 ? random.nextInt(operators.size()) : 0);
  }

  static boolean matches(VisitFilter filter, Scan scan) {
    return filter.demands().stream().allMatch(demand -> matches(demand, scan));
  }

  private static boolean matches(Demand demand, Scan scan) {
    String value = value(demand.facet(), scan);
    List<String> asked = demand.values();
    return switch (demand.operator()) {
      case ANY -> asked.stream().anyMatch(a -> is(demand.facet().trait(), value, a));
      case NOT -> asked.stream().noneMatch(a -> is(demand.facet().trait(), value, a));
      case IS -> value != null && asked.contains(value);
      case CONTAINS -> value != null && asked.stream().anyMatch(value::contains);
      case STARTS -> value != null && asked.stream().anyMatch(value::startsWith);
      case MIN -> Integer.parseInt(value) >= Integer.parseInt(asked.getFirst());
      case MAX -> Integer.parseInt(value) <= Integer.parseInt(asked.getFirst());
    };
  }

  private static boolean is(Trait trait, @Nullable String value, String asked) {
    return switch (trait) {
      case DEVICE, QPR_CODE_ID, CONVERSATION, MESSAGES, HOUR, WEEKDAY -> asked.equals(value);
      case LANGUAGE ->
          asked.equals("none")
              ? value == null
              : value != null && (value + "-").startsWith(asked + "-");
      case COUNTRY, REGION, CITY, OS, BROWSER, REFERRER, PARAMS, METADATA, TEMPLATE ->
          asked.equals("none") ? value == null : asked.equals(value);
    };
  }

  static @Nullable String value(Facet facet, Scan scan) {
    Details details = scan.details();
    return switch (facet.trait()) {
      case COUNTRY -> scan.place().country();
      case REGION -> scan.place().region();
      case CITY -> scan.place().city();
      case DEVICE -> scan.device().name().toLowerCase(Locale.ROOT);
      case OS -> details.get(ScanField.OS);
      case BROWSER -> details.get(ScanField.BROWSER);
      case LANGUAGE -> details.get(ScanField.LANGUAGE);
      case REFERRER -> details.get(ScanField.REFERRER);
      case PARAMS -> member(ScanField.PARAMS.of(details), facet.name());
      case METADATA ->
          scan.metadata().contains("\\u0000") ? null : member(scan.metadata(), facet.name());
      case QPR_CODE_ID -> String.valueOf(scan.code().number());
      case TEMPLATE -> {
        Template template = Samples.template(scan.code().shortId());
        yield template == null ? null : template.name().toLowerCase(Locale.ROOT);
      }
      case CONVERSATION -> scan.conversation().status().name().toLowerCase(Locale.ROOT);
      case MESSAGES -> String.valueOf(scan.conversation().messages());
      case HOUR -> String.valueOf(scan.scannedAt().atZone(facet.zone()).getHour());
      case WEEKDAY ->
          String.valueOf(scan.scannedAt().atZone(facet.zone()).getDayOfWeek().getValue());
    };
  }

  private static @Nullable String member(String json, String name) {
    JsonNode value = JSON.readTree(json).path(name);
    return value.isString()
        ? value.stringValue()
        : value.isBoolean() || value.isIntegralNumber() && value.toString().length() < 18
            ? value.toString()
            : null;
  }
}
