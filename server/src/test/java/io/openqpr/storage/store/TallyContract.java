package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.storage.store.Slicing.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How scans are counted: as a loop over them would.
public abstract class TallyContract extends StoreContract {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void countsAsALoopWould(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var codes = new ArrayList<QprCode>(List.of(code));
    for (int i = 0; i < 14; i++) {
      codes.add(create(account, "n" + i));
    }
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();
    codes.add(create(other, "other"));
    Instant from = Instant.ofEpochMilli(random.nextLong(-5_000_000_000_000L, 5_000_000_000_000L));
    Instant until = from.plus(Duration.ofHours(random.nextInt(1, 5_000)));
    var scans = new ArrayList<Scan>();
    for (int i = 0; i < 3_000; i++) {
      scans.add(samples.random(random, codes.get(random.nextInt(codes.size())), from, until));
    }
    store.scans().load(scans);

    for (int i = 0; i < 60; i++) {
      Instant begin = from.plusSeconds(random.nextInt(-1_000, 100_000));
      var question =
          new TallyQuestion(
              random.nextInt(4) == 0 ? other : account,
              random.nextBoolean() ? null : code.ref().number(),
              begin,
              random.nextBoolean() ? until : begin.plusSeconds(random.nextInt(200_000)),
              slicing(random, from, until),
              i % 4 == 0 ? VisitFilter.ANY : NaiveVisits.ofScans(random, numbers(codes)));
      assertThat(store.scans().tally(question))
          .as("%s", question)
          .isEqualTo(NaiveTally.of(scans, question));
    }
  }

  private static List<Integer> numbers(List<QprCode> codes) {
    return codes.stream().map(one -> one.ref().number()).toList();
  }

  @Test
  void nothingCountsNothing() {
    var question =
        new TallyQuestion(account, null, at(0), at(9), new Slicing(1_000, List.of(new Span(0, 0))));

    assertThat(store.scans().tally(question))
        .isEqualTo(new Tally(List.of(), 0, List.of(), List.of()));
  }

  private static Slicing slicing(RandomGenerator random, Instant from, Instant until) {
    var spans = new ArrayList<Span>();
    long start = from.toEpochMilli() - random.nextInt(10_000_000);
    do {
      spans.add(new Span(start, random.nextInt(-50_400, 50_400) * 1_000L));
      start += random.nextLong(1, 2 * Duration.ofDays(100).toMillis());
    } while (start < until.toEpochMilli() && spans.size() < 20);
    return new Slicing(random.nextBoolean() ? 3_600_000 : 86_400_000, spans);
  }
}
