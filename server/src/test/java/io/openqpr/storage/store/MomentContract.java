package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.storage.store.BreakdownQuestion.Behind;
import io.openqpr.storage.store.BreakdownQuestion.Sort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several questions of one moment: as a loop would answer them, and all fitting together.
public abstract class MomentContract extends StoreContract {

  /// `-Dqpr.questions=` more of them.
  private static final int QUESTIONS = Integer.getInteger("qpr.questions", 400);

  private static final Instant FROM = Instant.parse("2011-06-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2012-06-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void randomQuestionsAreAnsweredAsALoopWould(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var codes = new ArrayList<QprCode>(List.of(code));
    for (int i = 0; i < 12; i++) {
      codes.add(create(account, "n" + i));
    }
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();
    codes.add(create(other, "other"));
    var scans = new ArrayList<Scan>();
    for (int i = 0; i < 1_500; i++) {
      scans.add(samples.random(random, codes.get(random.nextInt(codes.size())), FROM, UNTIL));
    }
    store.scans().load(scans);
    List<Integer> numbers = codes.stream().map(one -> one.ref().number()).toList();
    for (int i = 0; i < QUESTIONS / 2; i++) {
      check(random, scans, range(random, random.nextInt(9) == 0 ? other : account, numbers));
    }
  }

  private ScanRange range(RandomGenerator random, int owner, List<Integer> numbers) {
    Instant from = FROM.plusSeconds(random.nextLong(Duration.ofDays(200).toSeconds()));
    return new ScanRange(
        owner,
        random.nextInt(3) == 0 ? code.ref().number() : null,
        random.nextInt(5) == 0 ? TallyQuestion.BEGINNING : from,
        random.nextInt(3) == 0
            ? TallyQuestion.END
            : from.plusSeconds(1 + random.nextLong(Duration.ofDays(120).toSeconds())),
        random.nextInt(5) == 0 ? VisitFilter.ANY : NaiveVisits.ofScans(random, numbers));
  }

  private void check(RandomGenerator random, List<Scan> all, ScanRange range) {
    List<Scan> scans = NaiveCounts.of(all, range);
    BreakdownQuestion question = question(random, range);
    store
        .scans()
        .atOneMoment(moment -> {
          Counts counts = moment.counts(range);
          assertThat(counts).as("%s", range).isEqualTo(NaiveCounts.counts(scans));
          assertThat(moment.counts(range, counts.devices())).isEqualTo(counts);
          assertThat(moment.conversationsByMessages(range))
              .as("%s", range)
              .isEqualTo(NaiveCounts.byMessages(scans));
          assertThat(moment.newest(range))
              .isEqualTo(
                  scans.stream()
                      .mapToLong(scan -> scan.scannedAt().toEpochMilli())
                      .max()
                      .orElse(Long.MIN_VALUE));
          Breakdown page = moment.breakdown(question);
          assertThat(page).as("%s", question).isEqualTo(NaiveCounts.breakdown(all, question));
          assertThat(sum(page)).as("%s", question).isEqualTo(counts.scans());
          if (page.more()) {
            Breakdown.Row last = page.rows().getLast();
            var next =
                new BreakdownQuestion(
                    range,
                    question.by(),
                    question.sort(),
                    question.limit(),
                    new Behind(last.measure(), last.values()));
            Breakdown second = moment.breakdown(next);
            assertThat(second).as("%s", next).isEqualTo(NaiveCounts.breakdown(all, next));
            assertThat(sum(second)).isEqualTo(counts.scans());
          }
          return page;
        });
  }

  private static long sum(Breakdown page) {
    return page.rows().stream().mapToLong(row -> row.counts().scans()).sum()
        + page.unknown().scans()
        + page.other().scans();
  }

  private static BreakdownQuestion question(RandomGenerator random, ScanRange range) {
    List<Trait> traits = List.copyOf(EnumSet.allOf(Trait.class));
    var by = new ArrayList<Facet>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      Facet facet = NaiveVisits.facet(random, traits.get(random.nextInt(traits.size())));
      if (!by.contains(facet)) {
        by.add(facet);
      }
    }
    return new BreakdownQuestion(
        range,
        by,
        Sort.values()[random.nextInt(Sort.values().length)],
        1 + random.nextInt(6),
        null);
  }

  @Test
  void nothingIsBrokenDownIntoNothing() {
    var range =
        new ScanRange(account, null, TallyQuestion.BEGINNING, TallyQuestion.END, VisitFilter.ANY);
    var question =
        new BreakdownQuestion(range, List.of(Facet.of(Trait.COUNTRY)), Sort.SCANS, 10, null);
    Breakdown nothing = store.scans().atOneMoment(moment -> moment.breakdown(question));
    assertThat(nothing)
        .isEqualTo(new Breakdown(List.of(), false, Counts.NONE, Counts.NONE, Map.of()));
  }
}
