package io.openqpr.analytics.scans;

import io.openqpr.model.Characters;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Params;
import io.openqpr.storage.store.VisitFilter;
import io.openqpr.storage.store.VisitFilter.Trait;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Parameters;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which visits a request asks for: `country`, `region`, `city`, `device`, `os`, `browser`,
/// `language`, `referrer`, and parameters of the scan URL such as `params.utm_source`.
public final class VisitQuery {

  private static final int LONGEST_TEXT = 200;
  private static final String PARAMS = "params.";

  private VisitQuery() {}

  /// Reads all of them; mistakes are told when the parameters are done.
  public static VisitFilter of(Parameters parameters) {
    var traits = new EnumMap<Trait, String>(Trait.class);
    for (Trait trait : Trait.values()) {
      String value = value(parameters, trait, trait.name().toLowerCase(Locale.ROOT));
      if (value != null) {
        traits.put(trait, value);
      }
    }
    return new VisitFilter(traits, params(parameters));
  }

  private static @Nullable String value(Parameters parameters, Trait trait, String name) {
    return switch (trait) {
      case COUNTRY -> text(parameters, name, VisitTexts::country);
      case REGION, CITY, OS, BROWSER -> text(parameters, name, text -> bounded(text, LONGEST_TEXT));
      case DEVICE -> {
        Optional<DeviceKind> kind = parameters.optionalChoice(name, DeviceKind.class);
        yield kind.isEmpty() ? null : kind.get().name().toLowerCase(Locale.ROOT);
      }
      case LANGUAGE -> text(parameters, name, VisitTexts::language);
      case REFERRER -> text(parameters, name, VisitTexts::referrer);
    };
  }

  private static Map<String, String> params(Parameters parameters) {
    Map<String, String> params =
        parameters.beginningWith(PARAMS, text -> bounded(text, Params.LONGEST));
    if (params.size() > Params.MOST) {
      parameters.error(
          PARAMS + "*", "a scan has at most %d; got %d".formatted(Params.MOST, params.size()));
    }
    return params;
  }

  private static @Nullable String text(
      Parameters parameters, String name, Function<String, String> parser) {
    return parameters.<@Nullable String>parsed(name, null, parser::apply);
  }

  private static String bounded(String text, int longest) {
    if (Characters.count(text) > longest || !JsonBody.isCleanText(text)) {
      throw new IllegalArgumentException("must have at most " + longest + " characters");
    }
    return text;
  }
}
