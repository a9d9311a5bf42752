package io.openqpr.storage.store;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.Event;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Totals, and pages wherever they begin, stay those of a loop over the scans, in whatever way
/// scans come and go.
public abstract class TotalsContract extends StoreContract {

  /// Long after today, so that no engine counts anything by itself.
  private static final Instant FROM = Instant.parse("2190-02-01T00:00:00Z");

  private static final Duration SPAN = Duration.ofDays(40);

  private final List<Scan> there = new ArrayList<>();
  private RandomGenerator random;
  private List<QprCode> codes;

  /// An engine that keeps counts brings them up to this time; never back.
  protected void count(Instant until) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void totalsAreThoseOfALoop(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();
    codes = List.of(code, create(account, "b"), create(account, "c"), create(other, "d"));
    Instant counted = FROM;
    for (int i = 0; i < 40; i++) {
      switch (random.nextInt(5)) {
        case 0 -> store.scans().load(added(scans(codes)));
        case 1 -> store.scans().loadNew(other, added(scans(codes.subList(3, 4))));
        case 2 -> {
          List<Event> events =
              added(scans(codes)).stream().<Event>map(Event.ScanCaptured::new).toList();
          applied(events);
        }
        case 3 -> {
          counted = counted.plusMillis(random.nextLong(SPAN.dividedBy(6).toMillis()));
          count(counted);
        }
        default -> {
          Instant until = FROM.plusMillis(random.nextLong(SPAN.dividedBy(4).toMillis()));
          store.erasure().eraseBefore(account, until, there.size() + 1);
          there.removeIf(s -> s.code().account() == account && s.scannedAt().isBefore(until));
        }
      }
      totalsAreRight(other);
    }
  }

  private List<Scan> scans(List<QprCode> of) {
    var scans = new ArrayList<Scan>();
    for (int i = random.nextInt(200); i >= 0; i--) {
      QprCode one = of.get(random.nextInt(of.size()));
      scans.add(samples.random(random, one, FROM, FROM.plus(SPAN)));
    }
    return scans;
  }

  private List<Scan> added(List<Scan> scans) {
    there.addAll(scans);
    return scans;
  }

  private void totalsAreRight(int other) {
    for (int i = 0; i < 8; i++) {
      int owner = random.nextInt(3) == 0 ? other : account;
      Integer of = random.nextBoolean() ? null : codes.get(random.nextInt(4)).ref().number();
      var filter = new ScanFilter(owner, of, maybeTime(), maybeTime());
      List<Scan> expected =
          there.stream().filter(scan -> matches(filter, scan)).sorted(NEWEST_FIRST).toList();
      int offset = random.nextInt(expected.size() + 2);
      ScanPage page = store.scans().page(filter, new PageRequest.AtOffset(3, offset));
      assertThat(page.total()).as("%s", filter).isEqualTo(expected.size());
      assertThat(page.scans())
          .as("%s at %d", filter, offset)
          .isEqualTo(expected.stream().skip(offset).limit(3).toList());
    }
    Map<Integer, Long> counts =
        there.stream()
            .filter(scan -> scan.code().account() == account)
            .collect(groupingBy(scan -> scan.code().number(), counting()));
    assertThat(
            store
                .scans()
                .countByCode(account, codes.stream().map(one -> one.ref().number()).toList()))
        .isEqualTo(counts);
  }

  private @Nullable Instant maybeTime() {
    return switch (random.nextInt(4)) {
      case 0 -> FROM.plusMillis(random.nextLong(SPAN.toMillis()));
      case 1 -> FROM.plusNanos(random.nextLong(SPAN.toNanos()));
      default -> null;
    };
  }

  private static boolean matches(ScanFilter filter, Scan scan) {
    return ScanReadingContract.matches(filter, scan) && scan.code().account() == filter.account();
  }
}
