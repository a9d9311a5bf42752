package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.platform.HeapShare;
import io.openqpr.storage.store.PageRequest.AtOffset;
import io.openqpr.storage.store.PageRequest.Behind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How scans are listed, walked through, found and handed over.
public abstract class ScanReadingContract extends StoreContract {

  @Test
  void allScansAreHandedOverNewestFirst() {
    RandomGenerator random = random();
    QprCode other = create(account, "b");
    var scans = new ArrayList<Scan>();
    for (int i = 0; i < 50_000; i++) {
      scans.add(samples.random(random, i % 10 == 0 ? other : code, at(0), at(86_400)));
    }
    store.scans().load(scans);
    scans.sort(NEWEST_FIRST);

    for (ScanFilter filter :
        List.of(
            all(),
            new ScanFilter(account, code.ref().number(), null, null),
            new ScanFilter(account, other.ref().number(), at(100), at(80_000)),
            new ScanFilter(account, null, at(86_401), null))) {
      var handed = new ArrayList<Scan>();
      store.scans().each(filter, handed::addAll);
      assertThat(handed).isEqualTo(scans.stream().filter(scan -> matches(filter, scan)).toList());
    }
  }

  @Test
  void whoeverTakesScansSlowlyHoldsNothingOfTheStore() {
    List<Scan> all = loaded(25_000, random());
    var handed = new ArrayList<Scan>();

    store
        .scans()
        .each(
            all(),
            some -> {
              if (handed.isEmpty()) {
                store.scans().load(List.of(samples.scan(code, at(301 * 86_400L))));
                store.erasure().eraseScan(account, all.getLast().id());
                store.compact();
              }
              handed.addAll(some);
            });

    assertThat(handed).isEqualTo(all.subList(0, all.size() - 1));
  }

  @Test
  void scansWithLargeMetadataAreHandedOverInSmallGroups() {
    var scans = new ArrayList<Scan>();
    for (int i = 0; i < 6_000; i++) {
      Scan plain = samples.scan(code, at(i));
      scans.add(
          new Scan(
              plain.id(),
              plain.code(),
              plain.scannedAt(),
              plain.place(),
              plain.device(),
              plain.deviceKey(),
              plain.conversation(),
              plain.details(),
              "{\"k\":\"" + "ж".repeat(4_000) + "\"}"));
    }
    store.scans().load(scans);
    var sizes = new ArrayList<Integer>();
    var handed = new ArrayList<Scan>();

    store
        .scans()
        .each(
            all(),
            some -> {
              sizes.add(some.size());
              handed.addAll(some);
            });

    assertThat(handed).isEqualTo(scans.reversed());
    long bytes = HeapShare.EXPORTS.bytes() / 4;
    assertThat(sizes).allMatch(size -> (size - 1) * 16_000L < bytes).hasSizeGreaterThan(3);
  }

  @Test
  void whatTheSinkThrowsEndsTheHandingOver() {
    loaded(10, random());
    assertThatThrownBy(() ->
            store
                .scans()
                .each(
                    all(),
                    scans -> {
                      throw new IllegalStateException("full");
                    }))
        .hasMessage("full");
    assertThat(newest(20)).hasSize(10);
  }

  @Test
  void pagesAreNewestFirstAndTiesById() {
    List<Scan> expected = loaded(500, random());

    for (int offset : new int[] {0, 1, 499, 500, 10_000}) {
      ScanPage page = store.scans().page(all(), new AtOffset(100, offset));
      assertThat(page.total()).isEqualTo(500);
      assertThat(page.scans()).isEqualTo(expected.stream().skip(offset).limit(100).toList());
    }
  }

  @Test
  void deepOffsetsAreExactHoweverScansCrowd() {
    RandomGenerator random = random();
    var scans = new ArrayList<Scan>();
    for (int i = 0; i < 30_000; i++) {
      // Half of them within one minute, some at the very same moment, the rest as far back as scans
      // are taken.
      long within = i % 2 == 0 ? 60 : 820_000_000L;
      scans.add(samples.random(random, code, at(-within), at(0)));
    }
    store.scans().load(scans);
    scans.sort(NEWEST_FIRST);

    for (ScanFilter filter :
        List.of(all(), new ScanFilter(account, code.ref().number(), null, null))) {
      for (int offset : new int[] {0, 4_999, 5_001, 14_990, 16_000, 29_990, 29_999, 30_000}) {
        assertThat(store.scans().page(filter, new AtOffset(30, offset)).scans())
            .as("offset %d", offset)
            .isEqualTo(scans.stream().skip(offset).limit(30).toList());
      }
    }
  }

  /// A search by slices that are cut into slices again has edges where the widths do not divide.
  @ParameterizedTest
  @ValueSource(longs = {1_501, 1_999, 2_000, 1_001, 999, 2})
  void deepOffsetsAreExactWhereACrowdIsAtTheEdgeOfASlice(long width) {
    long first = Samples.BORN.toEpochMilli();
    var scans = new ArrayList<Scan>();
    scans.add(samples.scan(code, Instant.ofEpochMilli(first)));
    scans.add(samples.scan(code, Instant.ofEpochMilli(first + 1_000 * width - 1)));
    for (int i = 0; i < 10_000; i++) {
      scans.add(samples.scan(code, Instant.ofEpochMilli(first + 999 * width - 1)));
      if (i % 20 == 0) {
        scans.add(samples.scan(code, Instant.ofEpochMilli(first + 999 * width)));
      }
    }
    store.scans().load(scans);
    scans.sort(NEWEST_FIRST);

    for (int offset : new int[] {400, 5_400, 6_500, 9_000, 10_490}) {
      assertThat(store.scans().page(all(), new AtOffset(30, offset)).scans())
          .as("offset %d", offset)
          .isEqualTo(scans.stream().skip(offset).limit(30).toList());
    }
  }

  @Test
  void visitsAreFilteredAsALoopWould() {
    RandomGenerator random = random();
    QprCode other = create(account, "b");
    var scans = new ArrayList<Scan>();
    for (int i = 0; i < 3_000; i++) {
      scans.add(samples.random(random, i % 3 == 0 ? other : code, at(0), at(86_400)));
    }
    store.scans().load(scans);
    scans.sort(NEWEST_FIRST);

    for (int i = 0; i < 100; i++) {
      var filter =
          new ScanFilter(
              account,
              random.nextBoolean() ? null : other.ref().number(),
              random.nextBoolean() ? null : at(random.nextInt(86_400)),
              null,
              NaiveVisits.ofScans(random, List.of(other.ref().number(), code.ref().number())));
      List<Scan> expected = scans.stream().filter(scan -> matches(filter, scan)).toList();
      int skipped = random.nextInt(3) * expected.size() / 2;

      ScanPage page = store.scans().page(filter, new AtOffset(50, skipped));

      assertThat(page.total()).as("%s", filter).isEqualTo(expected.size());
      assertThat(page.scans())
          .as("%s", filter)
          .isEqualTo(expected.stream().skip(skipped).limit(50).toList());
    }
  }

  @Test
  void sinceAndUntilAreStrict() {
    captured(samples.scan(code, at(1)), samples.scan(code, at(2)), samples.scan(code, at(3)));

    assertThat(times(new ScanFilter(account, null, at(1), null))).containsExactly(at(3), at(2));
    assertThat(times(new ScanFilter(account, null, null, at(3)))).containsExactly(at(2), at(1));
    assertThat(times(new ScanFilter(account, null, at(1), at(3)))).containsExactly(at(2));
    assertThat(times(new ScanFilter(account, null, at(1).plusNanos(1), at(3).plusNanos(1))))
        .containsExactly(at(3), at(2));
  }

  @Test
  void aWalkShowsEveryScanOnceWhileNewOnesArrive() {
    List<Scan> expected = loaded(1_000, random());

    var seen = new ArrayList<Scan>(store.scans().page(all(), new AtOffset(70, 0)).scans());
    while (seen.size() < 1_000) {
      captured(samples.scan(code, at(400 * 86_400L)));
      Scan last = seen.getLast();
      List<Scan> more =
          store.scans().page(all(), new Behind(70, last.scannedAt(), last.id().text())).scans();
      assertThat(more).isNotEmpty();
      seen.addAll(more);
    }

    assertThat(seen).isEqualTo(expected);
    Scan last = seen.getLast();
    assertThat(
            store.scans().page(all(), new Behind(70, last.scannedAt(), last.id().text())).scans())
        .isEmpty();
  }

  @Test
  void filtersAndCursorsGoTogether() {
    RandomGenerator random = random();
    QprCode other = create(account, "b");
    var scans = new ArrayList<Scan>();
    for (int i = 0; i < 600; i++) {
      scans.add(samples.random(random, i % 3 == 0 ? other : code, at(0), at(86_400)));
    }
    store.scans().load(scans);
    var filter = new ScanFilter(account, other.ref().number(), at(10_000), at(70_000));
    List<Scan> expected =
        scans.stream()
            .filter(scan -> scan.code().equals(other.ref()))
            .filter(scan ->
                scan.scannedAt().isAfter(at(10_000)) && scan.scannedAt().isBefore(at(70_000)))
            .sorted(NEWEST_FIRST)
            .toList();
    Scan middle = expected.get(expected.size() / 2);

    ScanPage page =
        store.scans().page(filter, new Behind(5, middle.scannedAt(), middle.id().text()));

    assertThat(page.total()).isEqualTo(expected.size());
    assertThat(page.scans())
        .isEqualTo(expected.stream().skip(expected.size() / 2 + 1).limit(5).toList());
  }

  @Test
  void aScanIsFoundByItsId() {
    Scan own = samples.scan(code, at(1));
    Scan imported = Samples.scan(code, at(2), new ScanId("elsewhere/7"));
    // An id that says another time than its scan's.
    Scan lying = Samples.scan(code, at(3), samples.scan(code, at(99)).id());
    store.scans().load(List.of(own, imported, lying));

    for (Scan scan : List.of(own, imported, lying)) {
      assertThat(store.scans().find(account, scan.id())).contains(scan);
      assertThat(store.scans().find(account + 1, scan.id())).isEmpty();
    }
    assertThat(store.scans().find(account, samples.scan(code, at(1)).id())).isEmpty();
  }

  @Test
  void scansAreCountedByCode() {
    QprCode other = create(account, "b");
    QprCode none = create(account, "c");
    captured(samples.scan(code, at(1)), samples.scan(other, at(1)), samples.scan(other, at(2)));
    var numbers = List.of(code.ref().number(), other.ref().number(), none.ref().number());

    assertThat(store.scans().countByCode(account, numbers))
        .isEqualTo(Map.of(code.ref().number(), 1L, other.ref().number(), 2L));
    assertThat(store.scans().countByCode(account + 1, numbers)).isEmpty();
    assertThat(store.scans().countByCode(account, List.of())).isEmpty();
  }

  static boolean matches(ScanFilter filter, Scan scan) {
    return (filter.code() == null || filter.code() == scan.code().number())
        && (filter.since() == null || scan.scannedAt().isAfter(filter.since()))
        && (filter.until() == null || scan.scannedAt().isBefore(filter.until()))
        && NaiveVisits.matches(filter.visit(), scan);
  }

  private List<Instant> times(ScanFilter filter) {
    return store.scans().page(filter, new AtOffset(100, 0)).scans().stream()
        .map(Scan::scannedAt)
        .toList();
  }
}
