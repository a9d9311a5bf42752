package io.openqpr.analytics.scans;

import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.VisitFilter;
import io.openqpr.web.http.Parameters;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Which scans a request asks for: `qpr_code_id`, `since`, `until`, and what [VisitQuery] reads.
public record ScanQuery(
    Optional<String> codeId, @Nullable Instant since, @Nullable Instant until, VisitFilter visit) {

  /// Reads the parameters; mistakes are told when they are done.
  public static ScanQuery of(Parameters parameters) {
    Optional<String> code = parameters.text("qpr_code_id");
    Optional<Instant> since = parameters.instant("since");
    Optional<Instant> until = parameters.instant("until");
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      parameters.error(
          "since", "must be before `until`; got " + since.get() + " and " + until.get());
    }
    return new ScanQuery(code, since.orElse(null), until.orElse(null), VisitQuery.of(parameters));
  }

  /// @param codeNumber finds the number of a code's id, or answers 404
  public ScanFilter filter(int account, ToIntFunction<String> codeNumber) {
    Integer code = codeId.isEmpty() ? null : codeNumber.applyAsInt(codeId.get());
    return new ScanFilter(account, code, since, until, visit);
  }
}
