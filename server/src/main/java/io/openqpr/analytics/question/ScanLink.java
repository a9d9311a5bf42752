package io.openqpr.analytics.question;

import io.openqpr.analytics.scans.VisitQuery;
import io.openqpr.storage.store.Demand;
import io.openqpr.storage.store.Demand.Operator;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.Trait;
import io.openqpr.storage.store.VisitFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// By which list the scans behind a number are found; its `total` is the number.
///
/// @param code the id of the code that is asked about; `null` for the account
/// @param since included; `null` from the beginning
/// @param until not included
record ScanLink(
    @Nullable String code, VisitFilter visit, ZoneId zone, @Nullable Instant since, Instant until) {

  private static final int MOST_VALUES = 100;
  private static final int LONGEST_VALUE = 200;

  /// All of them.
  String all() {
    return with(List.of());
  }

  /// Those that meet these demands too, each in the place of another of the same name.
  String with(List<Demand> demands) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (code != null) {
      parameters.put(Facet.of(Trait.QPR_CODE_ID).text(), List.of(code));
    }
    parameters.putAll(VisitQuery.parameters(visit));
    demands.forEach(d -> parameters.put(d.text(), d.values()));
    if (since != null) {
      // A list begins after its `since`.
      parameters.put("since", List.of(since.minusMillis(1).toString()));
    }
    parameters.put("until", List.of(until.toString()));
    boolean local =
        visit.demands().stream().anyMatch(d -> d.facet().trait().isLocal())
            || demands.stream().anyMatch(d -> d.facet().trait().isLocal());
    if (local) {
      parameters.put("timezone", List.of(Timeline.name(zone)));
    }
    var query = new StringJoiner("&", "/v1/scans?", "");
    parameters.forEach(
        (name, values) -> values.forEach(value -> query.add(coded(name) + "=" + coded(value))));
    return query.toString();
  }

  /// Those whose conversation is not so far only.
  ///
  /// @param without how far
  String withConversations(String... without) {
    Facet facet = Facet.of(Trait.CONVERSATION);
    return with(List.of(new Demand(facet, Operator.NOT, also(facet, List.of(without)))));
  }

  /// Those with so many messages at least.
  String withMessages(int least) {
    Facet facet = Facet.of(Trait.MESSAGES);
    int most = least;
    for (Demand demand : visit.demands()) {
      if (demand.facet().equals(facet) && demand.operator() == Operator.MIN) {
        most = Math.max(most, Integer.parseInt(demand.values().getFirst()));
      }
    }
    return with(List.of(new Demand(facet, Operator.MIN, List.of(String.valueOf(most)))));
  }

  /// The values of which one is asked for already.
  private List<String> asked(Facet facet) {
    return visit.demands().stream()
        .filter(demand -> demand.facet().equals(facet) && demand.operator() == Operator.ANY)
        .findFirst()
        .map(Demand::values)
        .orElse(List.of());
  }

  /// What is left out already, and these.
  private List<String> also(Facet facet, List<String> values) {
    var not = new LinkedHashSet<String>();
    for (Demand demand : visit.demands()) {
      if (demand.facet().equals(facet) && demand.operator() == Operator.NOT) {
        not.addAll(demand.values());
      }
    }
    not.addAll(values);
    return List.copyOf(not);
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Those of a row; `null` where no list can say it.
  @Nullable String row(List<Facet> by, List<@Nullable String> values) {
    var demands = new ArrayList<Demand>();
    for (int i = 0; i < by.size(); i++) {
      String value = values.get(i);
      if (value != null && (value.isEmpty() || value.length() > LONGEST_VALUE)) {
        return null;
      }
      demands.addAll(demands(by.get(i), value));
    }
    return with(demands);
  }

  private List<Demand> demands(Facet facet, @Nullable String value) {
    List<String> asked = asked(facet);
    if (value == null && !asked.isEmpty() && !asked.contains(Demand.NONE)) {
      // Nothing: known ones are asked for, and no other way to say so is left.
      return List.of(new Demand(facet, Operator.NOT, also(facet, asked)));
    }
    if (facet.trait() == Trait.MESSAGES) {
      List<String> number = List.of(Objects.requireNonNull(value));
      return List.of(
          new Demand(facet, Operator.MIN, number), new Demand(facet, Operator.MAX, number));
    }
    boolean exactly =
        value != null
            && (facet.trait() == Trait.LANGUAGE || value.equals(Demand.NONE))
            && facet.trait().mayBeAbsent();
    return List.of(
        new Demand(
            facet,
            exactly ? Operator.IS : Operator.ANY,
            List.of(Objects.requireNonNullElse(value, Demand.NONE))));
  }

  /// Those that are known and have none of the values; `null` where no list can say it.
  @Nullable String others(Facet facet, List<String> values) {
    boolean sayable = facet.trait() != Trait.LANGUAGE && facet.trait() != Trait.MESSAGES;
    var not = new LinkedHashSet<>(also(facet, values));
    boolean clear =
        values.stream().allMatch(v -> !v.isEmpty() && v.length() <= LONGEST_VALUE)
            && !values.contains(facet.trait().mayBeAbsent() ? Demand.NONE : "");
    if (facet.trait().mayBeAbsent()) {
      not.add(Demand.NONE);
    }
    return sayable && clear && not.size() <= MOST_VALUES
        ? with(List.of(new Demand(facet, Operator.NOT, List.copyOf(not))))
        : null;
  }
}
