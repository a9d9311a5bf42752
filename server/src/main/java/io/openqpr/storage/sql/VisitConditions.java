package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.position;

import io.openqpr.model.Params;
import io.openqpr.model.ScanField;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.Demand;
import io.openqpr.storage.store.Trait;
import io.openqpr.storage.store.VisitFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;

/// What is asked of visits, in SQL. A filter that asks nothing adds nothing.
final class VisitConditions {

  private VisitConditions() {}

  static Condition matches(TraitColumns columns, VisitFilter filter) {
    Condition matches = noCondition();
    for (Demand demand : filter.demands()) {
      matches = matches.and(meets(columns.of(demand.facet()), demand));
    }
    return matches;
  }

  private static <T> Condition meets(TraitColumn<T> column, Demand demand) {
    return switch (demand.operator()) {
      case ANY -> any(column, demand);
      case NOT -> {
        // Of what is absent nothing is true in SQL, nor is its contrary.
        Condition others = not(any(column, demand));
        yield demand.meansNone() ? others : others.or(column.field().isNull());
      }
      case IS -> in(column, demand.values());
      case CONTAINS -> anyText(demand, text -> position(texts(column), inline(text)).gt(0));
      case STARTS -> anyText(demand, text -> texts(column).startsWith(inline(text)));
      case MIN -> column.field().ge(column.stored().apply(demand.values().getFirst()));
      case MAX -> column.field().le(column.stored().apply(demand.values().getFirst()));
    };
  }

  private static <T> Condition any(TraitColumn<T> column, Demand demand) {
    List<String> values = demand.known();
    var ways = new ArrayList<Condition>();
    if (demand.facet().trait() == Trait.PARAMS) {
      values.forEach(value -> ways.add(hasParam(Params.member(demand.facet().name(), value))));
    } else if (!values.isEmpty()) {
      ways.add(in(column, values));
    }
    if (demand.facet().trait() == Trait.LANGUAGE) {
      values.forEach(value -> ways.add(texts(column).startsWith(value + "-")));
    }
    if (demand.meansNone()) {
      ways.add(column.field().isNull());
    }
    return or(ways);
  }

  private static <T> Condition in(TraitColumn<T> column, List<String> values) {
    return values.size() == 1
        ? column.field().eq(column.stored().apply(values.getFirst()))
        : column.field().in(values.stream().map(column.stored()).toList());
  }

  private static Condition anyText(Demand demand, Function<String, Condition> way) {
    return or(demand.values().stream().map(way).toList());
  }

  private static Field<String> texts(TraitColumn<?> column) {
    return column.field().coerce(String.class);
  }

  /// Inside a text of the object quotes are escaped, so only a member of it can be found like this;
  /// no engine has to read JSON for it.
  private static Condition hasParam(String member) {
    return position(Scans.of(ScanField.PARAMS), "{" + member)
        .gt(0)
        .or(position(Scans.of(ScanField.PARAMS), "," + member).gt(0));
  }
}
