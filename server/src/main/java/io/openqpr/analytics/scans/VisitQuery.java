package io.openqpr.analytics.scans;

import io.openqpr.model.Params;
import io.openqpr.storage.store.Demand;
import io.openqpr.storage.store.Demand.Operator;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.Trait;
import io.openqpr.storage.store.VisitFilter;
import io.openqpr.web.http.Parameters;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which visits a request asks for, the one grammar of filters: `country=DE`, given again or with a
/// comma for any of several; `country.not=DE`; `none` for what is not known; `city.contains=`,
/// `city.starts=`; `params.utm_source=poster`. All of them have to be met.
public final class VisitQuery {

  /// What a scan itself tells from its beginning on, so that whoever follows it sees it too.
  public static final Set<Trait> OF_VISITS =
      Collections.unmodifiableSet(EnumSet.range(Trait.COUNTRY, Trait.METADATA));

  /// What may be asked of the scans of one code.
  public static final Set<Trait> OF_A_CODE =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Trait.QPR_CODE_ID)));

  public static final Set<Trait> ALL = Collections.unmodifiableSet(EnumSet.allOf(Trait.class));

  private static final int MOST_NAMES = Params.MOST;
  private static final int LONGEST_NAME = Params.LONGEST;

  private final Parameters parameters;
  private final ZoneId zone;
  private final List<Demand> demands = new ArrayList<>();

  private VisitQuery(Parameters parameters, ZoneId zone) {
    this.parameters = parameters;
    this.zone = zone;
  }

  /// Reads what may be asked of visits; mistakes are told when the parameters are done.
  public static VisitFilter of(Parameters parameters) {
    return of(parameters, OF_VISITS, ZoneOffset.UTC);
  }

  /// @param traits those that may be asked for
  /// @param zone of hours and weekdays
  public static VisitFilter of(Parameters parameters, Set<Trait> traits, ZoneId zone) {
    var query = new VisitQuery(parameters, zone);
    for (Trait trait : traits) {
      if (trait.isNamed()) {
        query.readNamed(trait);
      } else {
        query.read(trait);
      }
    }
    return new VisitFilter(query.demands);
  }

  private void read(Trait trait) {
    var facet = new Facet(trait, "", trait.isLocal() ? zone : ZoneOffset.UTC);
    for (Operator operator : TraitGrammar.of(trait).operators()) {
      read(facet, operator, facet.text() + operator.suffix());
    }
  }

  private void readNamed(Trait trait) {
    String prefix = trait.name().toLowerCase(Locale.ROOT) + ".";
    var names = new LinkedHashSet<String>();
    for (String rest :
        parameters.beginningWith(prefix, text -> TraitGrammar.bounded(text, LONGEST_NAME + 9))) {
      Operator operator = operatorOf(rest, TraitGrammar.of(trait).operators());
      String name = rest.substring(0, rest.length() - operator.suffix().length());
      names.add(name);
      read(Facet.of(trait, name), operator, prefix + rest);
    }
    if (names.size() > MOST_NAMES) {
      parameters.error(
          prefix + "*", "a scan has at most %d; got %d".formatted(MOST_NAMES, names.size()));
    }
  }

  /// A name may have dots of its own: only the last of them may be ours.
  private static Operator operatorOf(String rest, Set<Operator> operators) {
    for (Operator operator : operators) {
      String suffix = operator.suffix();
      if (!suffix.isEmpty() && rest.endsWith(suffix) && rest.length() > suffix.length()) {
        return operator;
      }
    }
    return Operator.ANY;
  }

  private void read(Facet facet, Operator operator, String parameter) {
    TraitGrammar grammar = TraitGrammar.of(facet.trait());
    List<String> values =
        operator == Operator.MIN || operator == Operator.MAX
            ? parameters.parsed(
                parameter, List.<String>of(), text -> List.of(grammar.read(operator, text)))
            : parameters.several(
                parameter,
                grammar.listed() && operator != Operator.CONTAINS && operator != Operator.STARTS,
                text ->
                    facet.trait().mayBeAbsent()
                            && (operator == Operator.ANY || operator == Operator.NOT)
                            && text.equals(Demand.NONE)
                        ? text
                        : grammar.read(operator, text));
    if (!values.isEmpty()) {
      demands.add(new Demand(facet, operator, meant(facet.trait(), values)));
    }
  }

  /// A conversation that was started may be completed too.
  private static List<String> meant(Trait trait, List<String> values) {
    var meant = new LinkedHashSet<String>();
    for (String value : values) {
      if (trait == Trait.CONVERSATION && value.equals("started")) {
        meant.add("open");
        meant.add("completed");
      } else {
        meant.add(value);
      }
    }
    return List.copyOf(meant);
  }

  /// The parameters by which the filter is asked for again, in their order.
  public static Map<String, List<String>> parameters(VisitFilter filter) {
    var parameters = new LinkedHashMap<String, List<String>>();
    filter.demands().forEach(demand -> parameters.put(demand.text(), demand.values()));
    return parameters;
  }
}
