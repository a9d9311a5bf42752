package io.openqpr.analytics.question;

import io.openqpr.model.QprCode;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.HitStore.HitCount;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.Tally;
import io.openqpr.storage.store.TallyQuestion;
import io.openqpr.storage.store.VisitFilter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts the scans of a code or an account, straight from the raw rows, none missing: every scan
/// that was answered before the call is counted.
final class Analytics {

  private final Store store;
  private final Journal journal;
  private final Clock clock;

  Analytics(Store store, Journal journal, Clock clock) {
    this.store = store;
    this.journal = journal;
    this.clock = clock;
  }

  /// What is asked of a code or an account.
  record Question(Period period, Granularity granularity, ZoneId zone, VisitFilter visit) {}

  /// @param tally what the store counted, in the slices of the timeline
  /// @param ignored the same of what was no scan
  record Result(Timeline timeline, Tally tally, List<HitCount> ignored) {}

  Result ofCode(QprCode code, Question question) {
    return count(code.ref().account(), code.ref().number(), code.scansSince(), question);
  }

  Result ofAccount(int account, Question question) {
    Instant since = store.codes().scansSince(account).orElseGet(clock::instant);
    return count(account, null, since, question);
  }

  private Result count(int account, @Nullable Integer code, Instant since, Question question) {
    journal.awaitApplied();
    Instant now = clock.instant();
    Timeline timeline =
        question.period() == Period.ALL
            ? Timeline.since(since, question.granularity(), question.zone(), now)
            : Timeline.lastDays(
                question.period().days(), question.granularity(), question.zone(), now);
    Instant behindNow = now.plusMillis(1);
    var counted =
        new TallyQuestion(
            account, code, timeline.from(), behindNow, timeline.slicing(), question.visit());
    return new Result(timeline, store.scans().tally(counted), store.hits().tally(counted));
  }
}
