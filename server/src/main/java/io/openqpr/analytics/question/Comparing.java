package io.openqpr.analytics.question;

import io.openqpr.web.http.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an answer is compared with.
///
/// @param since of the other window, where it is [With#CUSTOM]
/// @param until its end; `null` for as long as the window has lasted
record Comparing(With with, boolean byWeekday, @Nullable Instant since, @Nullable Instant until) {

  /// Shown by lower-case name.
  enum With {
    NOTHING,
    PREVIOUS,
    YEAR,
    CUSTOM
  }

  private enum Align {
    ELAPSED,
    WEEKDAY
  }

  /// Reads `compare`, `compare_since`, `compare_until` and `compare_align`; mistakes are told when
  /// the parameters are done.
  ///
  /// @param range what is compared
  static Comparing of(Parameters parameters, ZoneId zone, AskedRange range) {
    With with =
        parameters.optionalChoice("compare", Word.class).map(Word::with).orElse(With.NOTHING);
    Align align = parameters.choice("compare_align", Align.class, Align.ELAPSED);
    Optional<Instant> since = parameters.instant("compare_since", zone);
    Optional<Instant> until = parameters.instant("compare_until", zone);
    if (with == With.CUSTOM && since.isEmpty()) {
      parameters.error("compare_since", "is needed where `compare` is custom");
    }
    if (with != With.CUSTOM && (since.isPresent() || until.isPresent())) {
      parameters.error(
          since.isPresent() ? "compare_since" : "compare_until",
          "goes with `compare=custom` alone");
    }
    if (parameters.has("compare_align") && (with == With.NOTHING || with == With.CUSTOM)) {
      parameters.error("compare_align", "goes with `compare=previous` or `compare=year`");
    }
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      parameters.error(
          "compare_since",
          "must be before `compare_until`; got " + since.get() + " and " + until.get());
    }
    if (range.isWhole() && (with == With.PREVIOUS || with == With.YEAR)) {
      parameters.error("compare", "can't be told: nothing is before the whole history");
    }
    return new Comparing(with, align == Align.WEEKDAY, since.orElse(null), until.orElse(null));
  }

  private enum Word {
    PREVIOUS(With.PREVIOUS),
    YEAR(With.YEAR),
    CUSTOM(With.CUSTOM);

    private final With with;

    Word(With with) {
      this.with = with;
    }

    With with() {
      return with;
    }
  }

  /// The other window; `null` where there is none.
  @Nullable Window window(Window window) {
    return switch (with) {
      case NOTHING -> null;
      case PREVIOUS -> window.before(byWeekday);
      case YEAR -> window.yearBefore(byWeekday);
      case CUSTOM -> {
        Instant from = Objects.requireNonNull(since);
        Instant end =
            until == null ? from.plus(Duration.between(window.from(), window.end())) : until;
        yield new Window(from, end, window.now(), window.zone(), null);
      }
    };
  }
}
