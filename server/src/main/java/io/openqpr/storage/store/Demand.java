package io.openqpr.storage.store;

import io.openqpr.model.Scan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that is asked of scans.
///
/// @param values at least one; exactly one, a whole number, for [Operator#MIN] and [Operator#MAX]
public record Demand(Facet facet, Operator operator, List<String> values) {

  /// The word for what is not known, of traits that may be absent.
  public static final String NONE = "none";

  /// How values are compared, to the letter. Its suffix stands behind the facet's name.
  public enum Operator {
    /// One of the values, or absent where one of them is [#NONE].
    ANY(""),
    /// All that [#ANY] leaves out.
    NOT(".not"),
    /// Exactly one of the values: nothing finer, and [#NONE] is a text like others.
    IS(".is"),
    CONTAINS(".contains"),
    STARTS(".starts"),
    MIN(".min"),
    MAX(".max");

    private final String suffix;

    Operator(String suffix) {
      this.suffix = suffix;
    }

    public String suffix() {
      return suffix;
    }
  }

  public Demand {
    values = List.copyOf(values);
  }

  /// As the API names it, such as `country.not`.
  public String text() {
    return facet.text() + operator.suffix();
  }

  /// Whether what is absent is among [#values].
  public boolean meansNone() {
    return facet.trait().mayBeAbsent() && values.contains(NONE);
  }

  /// Those of [#values] that something can have.
  public List<String> known() {
    return meansNone() ? values.stream().filter(value -> !value.equals(NONE)).toList() : values;
  }

  /// As the stores' SQL has it.
  public boolean matches(Scan scan) {
    return matches(facet.of(scan));
  }

  /// @param value of the facet
  public boolean matches(@Nullable String value) {
    return switch (operator) {
      case ANY -> isAny(value);
      case NOT -> !isAny(value);
      case IS -> value != null && values.contains(value);
      case CONTAINS -> value != null && values.stream().anyMatch(value::contains);
      case STARTS -> value != null && values.stream().anyMatch(value::startsWith);
      case MIN -> value != null && Long.parseLong(value) >= Long.parseLong(values.getFirst());
      case MAX -> value != null && Long.parseLong(value) <= Long.parseLong(values.getFirst());
    };
  }

  private boolean isAny(@Nullable String value) {
    if (value == null) {
      return meansNone();
    }
    return known().contains(value)
        || (facet.trait() == Trait.LANGUAGE
            && known().stream().anyMatch(coarser -> value.startsWith(coarser + "-")));
  }
}
