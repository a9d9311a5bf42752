package io.openqpr.analytics.question;

import io.openqpr.analytics.scans.VisitQuery;
import io.openqpr.platform.Near;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.Trait;
import io.openqpr.storage.store.VisitFilter;
import io.openqpr.web.http.Parameters;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a [Question]; mistakes are told when the parameters are done.
final class QuestionQuery {

  private static final int MOST_BREAKDOWNS = 10;

  private QuestionQuery() {}

  /// @param traits that scans can be asked for and broken down by
  static Question of(Parameters parameters, Set<Trait> traits) {
    ZoneId zone = parameters.zone("timezone", Timeline.DEFAULT_ZONE);
    AskedRange range = AskedRange.of(parameters, zone);
    Optional<Granularity> granularity =
        parameters.choice("granularity", granularities(), Optional.of(Granularity.DAY));
    VisitFilter visit = VisitQuery.of(parameters, traits, zone);
    List<Facet> breakdowns = facets(parameters, "breakdowns", traits, zone, MOST_BREAKDOWNS);
    Comparing comparing = Comparing.of(parameters, zone, range);
    boolean funnel = parameters.flag("funnel");
    boolean expanded = parameters.choice("expand", Map.of("question", true), false);
    boolean plain =
        !expanded
            && !funnel
            && breakdowns.isEmpty()
            && comparing.with() == Comparing.With.NOTHING
            && range.period() != null
            && range.period().isOld()
            && granularity.isPresent()
            && granularity.get().compareTo(Granularity.WEEK) <= 0
            && Question.isPlain(visit);
    return new Question(
        range, granularity.orElse(null), zone, visit, visit, breakdowns, comparing, funnel, plain);
  }

  private static Map<String, Optional<Granularity>> granularities() {
    var choices = new LinkedHashMap<String, Optional<Granularity>>();
    for (Granularity one : Granularity.values()) {
      choices.put(one.name().toLowerCase(Locale.ROOT), Optional.of(one));
    }
    choices.put("auto", Optional.empty());
    return choices;
  }

  /// Names of facets with commas between, such as `country,params.utm_source`.
  static List<Facet> facets(
      Parameters parameters, String name, Set<Trait> traits, ZoneId zone, int most) {
    List<String> names = traits.stream().map(QuestionQuery::name).toList();
    List<String> asked =
        parameters.several(
            name,
            true,
            text -> {
              facet(text, traits, zone, names);
              return text;
            });
    if (asked.size() > most) {
      parameters.error(name, "must have at most %d fields; got %d".formatted(most, asked.size()));
    }
    return asked.stream().limit(most).map(text -> facet(text, traits, zone, names)).toList();
  }

  private static String name(Trait trait) {
    return trait.name().toLowerCase(Locale.ROOT) + (trait.isNamed() ? ".*" : "");
  }

  private static Facet facet(String text, Set<Trait> traits, ZoneId zone, List<String> names) {
    for (Trait trait : traits) {
      String word = trait.name().toLowerCase(Locale.ROOT);
      if (trait.isNamed() && text.startsWith(word + ".") && text.length() > word.length() + 1) {
        return Facet.of(trait, text.substring(word.length() + 1));
      }
      if (!trait.isNamed() && text.equals(word)) {
        return new Facet(trait, "", trait.isLocal() ? zone : ZoneOffset.UTC);
      }
    }
    throw new IllegalArgumentException(
        "must be one of " + String.join(", ", names) + Near.hint(text, names));
  }
}
