package io.openqpr.analytics.question;

import io.openqpr.web.http.Parameters;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The time that is asked about: a period, or from `since` until `until`.
///
/// @param period `null` where either of the others was given
/// @param since included; `null` for the beginning of the history
/// @param until not included; `null` for now
record AskedRange(@Nullable Period period, @Nullable Instant since, @Nullable Instant until) {

  /// Reads `period`, `since` and `until`; mistakes are told when the parameters are done.
  static AskedRange of(Parameters parameters, ZoneId zone) {
    Period period = parameters.choice("period", Period.byText(), Period.MONTH);
    Optional<Instant> since = parameters.instant("since", zone);
    Optional<Instant> until = parameters.instant("until", zone);
    if (since.isEmpty() && until.isEmpty()) {
      return new AskedRange(period, null, null);
    }
    if (parameters.has("period")) {
      parameters.error(
          "period", "can't be given together with `since` or `until`; leave one of them out");
    }
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      parameters.error(
          "since", "must be before `until`; got " + since.get() + " and " + until.get());
    }
    return new AskedRange(null, since.orElse(null), until.orElse(null));
  }

  /// Whether it begins where the history does.
  boolean isWhole() {
    return period == Period.ALL || (period == null && since == null);
  }

  /// As the API writes it.
  String text() {
    return period == null ? "custom" : period.text();
  }
}
