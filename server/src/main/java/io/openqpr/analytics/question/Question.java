package io.openqpr.analytics.question;

import io.openqpr.analytics.scans.ScanQuery;
import io.openqpr.storage.store.BreakdownQuestion.Sort;
import io.openqpr.storage.store.Demand;
import io.openqpr.storage.store.Demand.Operator;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.Trait;
import io.openqpr.storage.store.VisitFilter;
import java.time.ZoneId;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What is asked of a code or an account.
///
/// @param granularity `null` for one that fits
/// @param visit codes by their numbers
/// @param asked the same with the ids of codes, as it came
/// @param breakdowns of which the first rows are told beside the numbers
/// @param funnel whether the stages of conversations are told
/// @param plain whether it could be asked before questions had a language: it is answered as then
record Question(
    AskedRange range,
    @Nullable Granularity granularity,
    ZoneId zone,
    VisitFilter visit,
    VisitFilter asked,
    List<Facet> breakdowns,
    Comparing comparing,
    boolean funnel,
    boolean plain) {

  /// Of a breakdown told beside the numbers.
  static final int TOP = 10;

  static final Sort TOP_BY = Sort.SCANS;

  /// @param codeNumber finds the number of a code's id, or answers 404
  Question numbered(ToIntFunction<String> codeNumber) {
    return new Question(
        range,
        granularity,
        zone,
        ScanQuery.numbered(asked, codeNumber),
        asked,
        breakdowns,
        comparing,
        funnel,
        plain);
  }

  /// Whether filters have nothing that is new.
  static boolean isPlain(VisitFilter filter) {
    return filter.demands().stream().allMatch(Question::isPlain);
  }

  private static boolean isPlain(Demand demand) {
    Trait trait = demand.facet().trait();
    return (trait.compareTo(Trait.REFERRER) <= 0 || trait == Trait.PARAMS)
        && demand.operator() == Operator.ANY
        && demand.values().size() == 1
        && !demand.meansNone();
  }
}
