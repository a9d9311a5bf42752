package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.position;

import io.openqpr.model.DeviceKind;
import io.openqpr.model.Params;
import io.openqpr.model.ScanField;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.VisitFilter;
import io.openqpr.storage.store.VisitFilter.Trait;
import java.util.Locale;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;

/// What is asked of visits, in SQL. A filter that asks nothing adds nothing.
final class VisitConditions {

  private VisitConditions() {}

  static Condition matches(VisitFilter filter) {
    Condition matches = noCondition();
    for (Map.Entry<Trait, String> trait : filter.traits().entrySet()) {
      matches = matches.and(has(trait.getKey(), trait.getValue()));
    }
    for (Map.Entry<String, String> param : filter.params().entrySet()) {
      matches = matches.and(hasParam(Params.member(param.getKey(), param.getValue())));
    }
    return matches;
  }

  private static Condition has(Trait trait, String value) {
    return switch (trait) {
      case COUNTRY -> Scans.COUNTRY.eq(value);
      case REGION -> Scans.REGION.eq(value);
      case CITY -> Scans.CITY.eq(value);
      case DEVICE -> Scans.DEVICE.eq(DeviceKind.valueOf(value.toUpperCase(Locale.ROOT)).stored());
      case OS -> Scans.of(ScanField.OS).eq(value);
      case BROWSER -> Scans.of(ScanField.BROWSER).eq(value);
      case LANGUAGE -> {
        Field<String> language = Scans.of(ScanField.LANGUAGE);
        yield language.eq(value).or(language.startsWith(value + "-"));
      }
      case REFERRER -> Scans.of(ScanField.REFERRER).eq(value);
    };
  }

  /// Inside a text of the object quotes are escaped, so only a member of it can be found like this;
  /// no engine has to read JSON, and none reads it in a way of its own.
  private static Condition hasParam(String member) {
    return position(Scans.of(ScanField.PARAMS), "{" + member)
        .gt(0)
        .or(position(Scans.of(ScanField.PARAMS), "," + member).gt(0));
  }
}
