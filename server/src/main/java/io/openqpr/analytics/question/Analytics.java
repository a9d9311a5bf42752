package io.openqpr.analytics.question;

import io.openqpr.analytics.scans.ScanQuery;
import io.openqpr.model.QprCode;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.HitStore.HitCount;
import io.openqpr.storage.store.Slicing;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.Tally;
import io.openqpr.storage.store.TallyQuestion;
import io.openqpr.storage.store.VisitFilter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Counts the scans of a code or an account, straight from the raw rows, none missing: every scan
/// that was answered before the call is counted, and the scans of a window are those that a list of
/// the same window shows.
final class Analytics {

  /// Tries to find where the history begins, each nearer to it.
  private static final int MOST_BEGINNINGS = 3;

  private final Store store;
  private final Journal journal;
  private final Clock clock;

  Analytics(Store store, Journal journal, Clock clock) {
    this.store = store;
    this.journal = journal;
    this.clock = clock;
  }

  private static final long BUCKET_BYTES = 400;

  /// What is asked of a code or an account.
  record Question(Period period, Granularity granularity, ZoneId zone, VisitFilter visit) {

    /// @param codeNumber as [ScanQuery#numbered] has it
    Question numbered(ToIntFunction<String> codeNumber) {
      return new Question(period, granularity, zone, ScanQuery.numbered(visit, codeNumber));
    }
  }

  /// @param tally what the store counted, in the slices of the timeline
  /// @param ignored the same of what was no scan
  record Result(Timeline timeline, Tally tally, List<HitCount> ignored) {}

  /// @param memory told how many bytes the answer takes while it is made, before it is
  Result ofCode(QprCode code, Question question, LongConsumer memory) {
    return count(code.ref().account(), code.ref().number(), code.scansSince(), question, memory);
  }

  /// @param memory as for a code
  Result ofAccount(int account, Question question, LongConsumer memory) {
    Instant since = store.codes().scansSince(account).orElseGet(clock::instant);
    return count(account, null, since, question, memory);
  }

  private Result count(
      int account, @Nullable Integer code, Instant since, Question question, LongConsumer memory) {
    journal.awaitApplied();
    Instant now = clock.instant();
    if (question.period() != Period.ALL) {
      int days = question.period().days();
      var timeline = Timeline.lastDays(days, question.granularity(), question.zone(), now);
      memory.accept(timeline.length() * BUCKET_BYTES);
      return asked(account, code, question.visit(), timeline, timeline.from()).fitted();
    }
    Instant first = since.isBefore(now) ? since : now;
    for (int i = 1; true; i++) {
      var timeline = Timeline.since(first, question.granularity(), question.zone(), now);
      timeline.mustNotBeTooLong();
      memory.accept(timeline.length() * BUCKET_BYTES);
      Asked asked = asked(account, code, question.visit(), timeline, TallyQuestion.BEGINNING);
      Optional<Instant> earlier = asked.earlier();
      if (earlier.isEmpty() || i == MOST_BEGINNINGS) {
        return asked.fitted();
      }
      first = earlier.get();
    }
  }

  /// Nothing is left out at the end: a scan from a clock that was ahead of this one has happened.
  private Asked asked(
      int account, @Nullable Integer code, VisitFilter visit, Timeline timeline, Instant from) {
    timeline.mustNotBeTooLong();
    Slicing slicing = timeline.slicing();
    var question = new TallyQuestion(account, code, from, TallyQuestion.END, slicing, visit);
    return new Asked(
        timeline, slicing, store.scans().tally(question), store.hits().tally(question));
  }

  /// What was counted, some of it perhaps outside the timeline.
  private record Asked(Timeline timeline, Slicing slicing, Tally tally, List<HitCount> ignored) {

    /// Where the timeline has to begin if it begins too late: scans are older than their code where
    /// that was made while the clock was wrong.
    Optional<Instant> earlier() {
      LongStream hits = ignored.stream().mapToLong(HitCount::slice);
      LongStream scans = tally.slices().stream().mapToLong(Tally.Slice::index);
      OptionalLong first = LongStream.concat(scans, hits).min();
      return first.isPresent() && first.getAsLong() < firstSlice()
          ? Optional.of(Instant.ofEpochMilli(slicing.startOfEarly(first.getAsLong())))
          : Optional.empty();
    }

    /// All in slices of the timeline: what is dated later than now counts as now.
    Result fitted() {
      var slices = new TreeMap<Long, Tally.Slice>();
      for (Tally.Slice slice : tally.slices()) {
        long index = fit(slice.index());
        slices.merge(index, slice.at(index), Tally.Slice::plus);
      }
      List<HitCount> hits =
          ignored.stream()
              .map(hit -> new HitCount(fit(hit.slice()), hit.reason(), hit.hits()))
              .toList();
      return new Result(timeline, tally.with(List.copyOf(slices.values())), hits);
    }

    private long fit(long slice) {
      return Math.clamp(slice, firstSlice(), slicing.sliceOf(timeline.now().toEpochMilli()));
    }

    private long firstSlice() {
      return slicing.sliceOf(timeline.from().toEpochMilli());
    }
  }
}
