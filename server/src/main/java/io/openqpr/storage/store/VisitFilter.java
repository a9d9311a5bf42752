package io.openqpr.storage.store;

import io.openqpr.model.Scan;
import java.util.List;
import java.util.function.UnaryOperator;

/// Which visits are meant: those that meet all of these demands.
///
/// @param demands no two of the same facet and operator
public record VisitFilter(List<Demand> demands) {

  public static final VisitFilter ANY = new VisitFilter(List.of());

  public VisitFilter {
    demands = List.copyOf(demands);
  }

  public boolean isAny() {
    return demands.isEmpty();
  }

  /// As the stores' SQL has it.
  ///
  /// @throws IllegalStateException where a [Trait#TEMPLATE] is demanded
  public boolean matches(Scan scan) {
    return demands.stream().allMatch(demand -> demand.matches(scan));
  }

  /// The same with other values of one trait.
  public VisitFilter with(Trait trait, UnaryOperator<String> value) {
    return new VisitFilter(
        demands.stream()
            .map(d ->
                d.facet().trait() == trait
                    ? new Demand(d.facet(), d.operator(), d.values().stream().map(value).toList())
                    : d)
            .toList());
  }
}
