package io.openqpr.web.http;

import io.openqpr.platform.Near;
import io.openqpr.platform.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a query strictly and gathers every mistake: ask for each parameter, then call [#done].
/// Until then a wrong value is stood in for by the fallback.
public final class Parameters {

  private static final int MAX_PARAMETERS = 50;
  private static final int MAX_VALUES = 100;
  private static final Pattern DATE = Pattern.compile("[^Tt]*");
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final Map<String, List<String>> given = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final Mistakes mistakes = new Mistakes();

  Parameters(String rawQuery) {
    if (rawQuery.isEmpty()) {
      return;
    }
    String[] pairs = rawQuery.split("&", -1);
    for (int i = 0; i < Math.min(pairs.length, MAX_PARAMETERS); i++) {
      take(pairs[i]);
    }
    if (pairs.length > MAX_PARAMETERS) {
      mistakes.add("query", "must have at most " + MAX_PARAMETERS + " parameters");
    }
  }

  /// Of texts that did not come in a query.
  public static Parameters of(Map<String, String> texts) {
    var parameters = new Parameters("");
    texts.forEach((name, text) -> parameters.given.put(name, List.of(text)));
    return parameters;
  }

  private void take(String pair) {
    int equals = pair.indexOf('=');
    String rawName = equals < 0 ? pair : pair.substring(0, equals);
    String name;
    try {
      name = PercentDecoder.decode(rawName, true);
    } catch (IllegalArgumentException e) {
      mistakes.add(Quoted.bare(rawName), "is no parameter name: " + e.getMessage());
      return;
    }
    String value = "";
    try {
      value = equals < 0 ? "" : PercentDecoder.decode(pair.substring(equals + 1), true);
    } catch (IllegalArgumentException e) {
      mistakes.add(name, "has a value that cannot be read: " + e.getMessage());
      known.add(name);
      return;
    }
    given.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  /// Whether it was given at all.
  public boolean has(String name) {
    return given.containsKey(name);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(value(name));
  }

  public int integer(String name, int fallback, int min, int max) {
    return (int) longInteger(name, fallback, min, max);
  }

  public long longInteger(String name, long fallback, long min, long max) {
    return parsed(
        name,
        fallback,
        text -> {
          if (text.matches("-?[0-9]{1,19}")) {
            try {
              long number = Long.parseLong(text);
              if (number >= min && number <= max) {
                return number;
              }
            } catch (NumberFormatException e) {
              // 19 digits can be too many: told below
            }
          }
          String range = max == Long.MAX_VALUE ? min + " or more" : "from " + min + " to " + max;
          throw new IllegalArgumentException("must be a whole number " + range);
        });
  }

  /// Any ISO-8601 instant with its offset; a date alone means its midnight UTC.
  public Optional<Instant> instant(String name) {
    return Optional.ofNullable(this.<@Nullable Instant>parsed(name, null, Parameters::instantOf));
  }

  /// As the other, but a date alone means its first moment in the zone.
  public Optional<Instant> instant(String name, ZoneId zone) {
    return Optional.ofNullable(
        this.<@Nullable Instant>parsed(name, null, text -> instantOf(text, zone)));
  }

  private static Instant instantOf(String text, ZoneId zone) {
    Instant time = instantOf(text);
    return DATE.matcher(text).matches()
        ? time.atOffset(ZoneOffset.UTC).toLocalDate().atStartOfDay(zone).toInstant()
        : time;
  }

  /// The time that a text of the API says.
  ///
  /// @throws IllegalArgumentException with what would be right
  public static Instant instantOf(String text) {
    Instant time = IsoTime.parse(text);
    if (time != null && !time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
      return time;
    }
    throw new IllegalArgumentException(
        "must be an ISO-8601 time with its offset, such as 2026-03-20T15:30:00Z, or a date such as"
            + " 2026-03-20 (in a URL a plus is written %2B)");
  }

  public <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
    return choice(name, Choices.of(type), fallback);
  }

  /// `true` or `false`, which it is when it is absent.
  public boolean flag(String name) {
    return choice(name, Map.of("true", true, "false", false), false);
  }

  public <E extends Enum<E>> Optional<E> optionalChoice(String name, Class<E> type) {
    known.add(name);
    return has(name)
        ? Optional.of(choice(name, type, type.getEnumConstants()[0]))
        : Optional.empty();
  }

  public <T> T choice(String name, Map<String, T> choices, T fallback) {
    return parsed(
        name,
        fallback,
        text -> {
          T chosen = choices.get(text);
          if (chosen == null) {
            throw new IllegalArgumentException("must be one of " + Choices.names(choices));
          }
          return chosen;
        });
  }

  /// An IANA name, such as `Europe/Berlin`.
  public ZoneId zone(String name, ZoneId fallback) {
    return parsed(
        name,
        fallback,
        text ->
            Zones.named(text)
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "must be an IANA time zone such as Europe/Berlin"
                            + Near.hint(text, Zones.names()))));
  }

  /// Values of a parameter that may be given several times, each once, in their order; those that
  /// cannot be used are mistakes.
  ///
  /// @param listed whether a comma stands between values too
  /// @param parser as in [#parsed]
  public List<String> several(String name, boolean listed, UnaryOperator<String> parser) {
    known.add(name);
    var values = new LinkedHashSet<String>();
    for (String text : given.getOrDefault(name, List.of())) {
      for (String one : listed ? text.split(",", -1) : new String[] {text}) {
        if (one.isEmpty()) {
          mistakes.add(name, "is empty; give it a value or leave it out");
          continue;
        }
        try {
          values.add(parser.apply(one));
        } catch (IllegalArgumentException e) {
          mistakes.add(name, e.getMessage() + "; got " + Quoted.of(one));
        }
      }
    }
    if (values.size() > MAX_VALUES) {
      mistakes.add(
          name, "must have at most %d values; got %d".formatted(MAX_VALUES, values.size()));
    }
    return List.copyOf(values);
  }

  /// What follows the prefix in the names that begin with it, never empty. The parameters
  /// themselves are still to be asked for.
  ///
  /// @param parser as in [#parsed]
  public List<String> beginningWith(String prefix, UnaryOperator<String> parser) {
    var found = new ArrayList<String>();
    for (String name : List.copyOf(given.keySet())) {
      if (name.startsWith(prefix)) {
        known.add(name);
        rest(name, prefix, parser).ifPresent(found::add);
      }
    }
    known.add(prefix + "*");
    return found;
  }

  private Optional<String> rest(String name, String prefix, UnaryOperator<String> parser) {
    try {
      String rest = parser.apply(name.substring(prefix.length()));
      if (rest.isEmpty() || rest.equals("*")) {
        throw new IllegalArgumentException(
            "must be followed by a name, such as %sname".formatted(prefix));
      }
      return Optional.of(rest);
    } catch (IllegalArgumentException e) {
      mistakes.add(prefix + "*", e.getMessage() + "; got " + Quoted.of(name));
      return Optional.empty();
    }
  }

  /// For rules between parameters.
  public void error(String field, String message) {
    mistakes.add(field, message);
  }

  /// Ends the reading: what was not asked for is unknown.
  ///
  /// @throws ProblemException with all mistakes, when there are any
  public void done() {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        mistakes.add(Quoted.bare(name), Mistakes.unknown(name, known));
      }
    }
    mistakes.raise("parameters");
  }

  /// A value of the caller's own kind.
  ///
  /// @param parser says what would be right by the message of an [IllegalArgumentException]
  public <T extends @Nullable Object> T parsed(
      String name, T fallback, Function<String, T> parser) {
    String text = value(name);
    if (text == null) {
      return fallback;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      mistakes.add(name, e.getMessage() + "; got " + Quoted.of(text));
      return fallback;
    }
  }

  private @Nullable String value(String name) {
    known.add(name);
    List<String> values = given.get(name);
    if (values == null) {
      return null;
    }
    if (values.size() > 1) {
      mistakes.add(name, "was given " + values.size() + " times; give it once");
      return null;
    }
    if (values.getFirst().isEmpty()) {
      mistakes.add(name, "is empty; give it a value or leave it out");
      return null;
    }
    return values.getFirst();
  }
}
