package io.openqpr.analytics.question;

import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.Breakdown;
import io.openqpr.storage.store.BreakdownQuestion;
import io.openqpr.storage.store.Counts;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.HitStore.HitCount;
import io.openqpr.storage.store.Moment;
import io.openqpr.storage.store.ScanRange;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.TallyQuestion;
import io.openqpr.web.http.Problem;
import io.openqpr.web.http.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counts the scans of a code or an account, straight from the raw rows, none missing: every scan
/// that was answered before the call is counted, and the scans of a window are those that a list of
/// the same window shows. All of an answer is of one moment.
final class Analytics {

  /// Tries to find where the history begins, each nearer to it.
  private static final int MOST_BEGINNINGS = 3;

  private static final long BUCKET_BYTES = 400;

  /// What a row of a breakdown takes with its link, read and as JSON.
  static final long ROW_BYTES = 8 * 1024;

  private final Store store;
  private final Journal journal;
  private final Clock clock;

  Analytics(Store store, Journal journal, Clock clock) {
    this.store = store;
    this.journal = journal;
    this.clock = clock;
  }

  /// Whose scans are asked for.
  ///
  /// @param since where their history begins
  record Whose(int account, @Nullable Integer code, Supplier<Instant> since) {}

  /// @param until the first millisecond behind all that was counted
  /// @param series in the buckets of the timeline
  record Side(
      Timeline timeline,
      ScanRange scans,
      long until,
      Series series,
      Counts counts,
      SortedMap<Integer, Long> messages) {}

  /// @param ignored what was no scan, in the buckets of the timeline
  /// @param other what it is compared with
  record Result(
      Instant asOf,
      Side side,
      List<HitCount> ignored,
      List<Breakdown> breakdowns,
      @Nullable Side other) {}

  /// @param memory told how many bytes the answer takes while it is made, before it is
  Result ask(Whose whose, Question question, LongConsumer memory) {
    journal.awaitApplied();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Window window = window(whose, question, now);
    Timeline timeline = window.timeline(question.granularity());
    timeline.mustNotBeTooLong();
    Window before = question.comparing().window(window);
    Timeline beside = before == null ? null : before.timeline(timeline.granularity());
    if (beside != null) {
      beside.mustNotBeTooLong();
    }
    long buckets = timeline.length() + (beside == null ? 0 : beside.length());
    memory.accept(buckets * BUCKET_BYTES + question.breakdowns().size() * Question.TOP * ROW_BYTES);
    return store
        .scans()
        .atOneMoment(moment -> answer(moment, whose, question, now, timeline, beside, memory));
  }

  /// @param scans as they were counted
  /// @param until the first millisecond behind all of them
  record Page(
      Instant asOf, Timeline timeline, ScanRange scans, long until, Counts total, Breakdown rows) {}

  Page page(Whose whose, Question question, BreakdownPage asked) {
    journal.awaitApplied();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    BreakdownCursor cursor = asked.cursor();
    Window window =
        cursor == null
            ? window(whose, question, now)
            : new Window(cursor.from(), cursor.until(), now, question.zone(), null);
    Timeline timeline = window.timeline(Granularity.YEAR);
    var scans =
        new ScanRange(
            whose.account(),
            whose.code(),
            question.range().isWhole() ? TallyQuestion.BEGINNING : window.from(),
            window.until() == null ? TallyQuestion.END : window.until(),
            question.visit());
    return store
        .scans()
        .atOneMoment(moment ->
            new Page(
                now,
                timeline,
                scans,
                until(moment, scans, timeline),
                moment.counts(scans),
                moment.breakdown(
                    new BreakdownQuestion(
                        scans,
                        question.breakdowns(),
                        asked.sort(),
                        asked.limit(),
                        cursor == null ? null : cursor.behind()))));
  }

  private static long until(Moment moment, ScanRange scans, Timeline timeline) {
    Instant until = timeline.until();
    return until == null
        ? Math.max(timeline.now().toEpochMilli(), moment.newest(scans)) + 1
        : until.toEpochMilli();
  }

  private static Window window(Whose whose, Question question, Instant now) {
    Instant first = now;
    if (question.range().isWhole()) {
      Instant until = question.range().until();
      Instant last = until == null || until.isAfter(now) ? now : until.minusMillis(1);
      Instant since = whose.since().get();
      first = since.isBefore(last) ? since : last;
    }
    Window window = Window.of(question.range(), first, question.zone(), now);
    if (window.until() == null && window.from().isAfter(now)) {
      String message = "must not be later than now, %s, where there is no `until`".formatted(now);
      throw new ProblemException(
          new Problem(
              Problem.Kind.BAD_REQUEST,
              "The parameter `since` " + message + ".",
              List.of(new Problem.FieldError("since", message))));
    }
    return window;
  }

  private static Result answer(
      Moment moment,
      Whose whose,
      Question question,
      Instant now,
      Timeline timeline,
      @Nullable Timeline beside,
      LongConsumer memory) {
    Timeline told = timeline;
    boolean whole = question.range().isWhole();
    Asked asked = asked(moment, whose, question, told, whole);
    for (int i = 1; whole && i < MOST_BEGINNINGS; i++) {
      Optional<Instant> earlier = asked.series().beginning(asked.ignored());
      if (earlier.isEmpty()) {
        break;
      }
      told = told.beginningOn(earlier.get());
      told.mustNotBeTooLong();
      memory.accept(told.length() * BUCKET_BYTES);
      asked = asked(moment, whose, question, told, whole);
    }
    Side side = side(moment, asked, question.plain());
    Side other =
        beside == null
            ? null
            : side(moment, asked(moment, whose, question, beside, false), question.plain());
    var breakdowns = new ArrayList<Breakdown>();
    for (Facet facet : question.breakdowns()) {
      breakdowns.add(
          moment.breakdown(
              new BreakdownQuestion(
                  asked.scans(), List.of(facet), Question.TOP_BY, Question.TOP, null)));
    }
    List<HitCount> ignored = asked.series().fitted(asked.ignored());
    return new Result(now, side, ignored, breakdowns, other);
  }

  private record Asked(Timeline timeline, ScanRange scans, Series series, List<HitCount> ignored) {}

  /// Nothing is left out at the end of a window that goes on: a scan from a clock that was ahead of
  /// this one has happened.
  private static Asked asked(
      Moment moment, Whose whose, Question question, Timeline timeline, boolean whole) {
    var tally =
        new TallyQuestion(
            whose.account(),
            whose.code(),
            whole ? TallyQuestion.BEGINNING : timeline.from(),
            timeline.until() == null ? TallyQuestion.END : timeline.until(),
            timeline.slicing(),
            question.visit());
    return new Asked(
        timeline,
        tally.scans(),
        new Series(timeline, tally.slicing(), moment.tally(tally)),
        moment.hits(tally));
  }

  private static Side side(Moment moment, Asked asked, boolean plain) {
    ScanRange scans = asked.scans();
    Series series = asked.series().fitted();
    if (plain) {
      return new Side(asked.timeline(), scans, 0, series, Counts.NONE, new TreeMap<>());
    }
    return new Side(
        asked.timeline(),
        scans,
        until(moment, scans, asked.timeline()),
        series,
        moment.counts(scans, series.tally().devices()),
        moment.conversationsByMessages(scans));
  }
}
