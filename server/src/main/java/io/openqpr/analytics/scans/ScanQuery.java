package io.openqpr.analytics.scans;

import io.openqpr.storage.store.Demand;
import io.openqpr.storage.store.Demand.Operator;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.Trait;
import io.openqpr.storage.store.VisitFilter;
import io.openqpr.web.http.Parameters;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Which scans a request asks for: `since`, `until`, `timezone`, and what [VisitQuery] reads, codes
/// by their ids.
public record ScanQuery(@Nullable Instant since, @Nullable Instant until, VisitFilter visit) {

  /// Reads the parameters; mistakes are told when they are done.
  public static ScanQuery of(Parameters parameters) {
    ZoneId zone = parameters.zone("timezone", ZoneOffset.UTC);
    Optional<Instant> since = parameters.instant("since", zone);
    Optional<Instant> until = parameters.instant("until", zone);
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      parameters.error(
          "since", "must be before `until`; got " + since.get() + " and " + until.get());
    }
    return new ScanQuery(
        since.orElse(null), until.orElse(null), VisitQuery.of(parameters, VisitQuery.ALL, zone));
  }

  /// @param codeNumber finds the number of a code's id, or answers 404
  public ScanFilter filter(int account, ToIntFunction<String> codeNumber) {
    VisitFilter numbered = numbered(visit, codeNumber);
    Integer code = onlyCode(numbered);
    return new ScanFilter(
        account, code, since, until, code == null ? numbered : withoutCode(numbered));
  }

  /// The filter with the numbers of codes in the place of their ids.
  ///
  /// @param codeNumber finds the number of a code's id, or answers 404
  public static VisitFilter numbered(VisitFilter visit, ToIntFunction<String> codeNumber) {
    return visit.with(Trait.QPR_CODE_ID, id -> String.valueOf(codeNumber.applyAsInt(id)));
  }

  /// The number of the code, where one alone is asked for: stores find its scans in ways of their
  /// own.
  public static @Nullable Integer onlyCode(VisitFilter numbered) {
    return numbered.demands().stream()
        .filter(ScanQuery::isOneCode)
        .findFirst()
        .map(demand -> Integer.valueOf(demand.values().getFirst()))
        .orElse(null);
  }

  /// What else is asked for.
  public static VisitFilter withoutCode(VisitFilter numbered) {
    return new VisitFilter(
        numbered.demands().stream().filter(demand -> !isOneCode(demand)).toList());
  }

  private static boolean isOneCode(Demand demand) {
    return demand.facet().trait() == Trait.QPR_CODE_ID
        && demand.operator() == Operator.ANY
        && demand.values().size() == 1;
  }
}
