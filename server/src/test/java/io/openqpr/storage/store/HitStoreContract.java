package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.Event;
import io.openqpr.model.HitId;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.storage.store.HitStore.HitCount;
import io.openqpr.storage.store.PageRequest.AtOffset;
import io.openqpr.storage.store.PageRequest.Behind;
import io.openqpr.storage.store.Slicing.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What was filtered: kept apart from scans, found again, and counted after all.
public abstract class HitStoreContract extends StoreContract {

  @Test
  void keepsEveryFieldOfAHit() {
    IgnoredHit hit = hit(code, 5, IgnoreReason.PREVIEW, "WhatsApp");
    IgnoredHit nameless = hit(code, 4, IgnoreReason.NO_AGENT, null);

    ignored(hit, nameless);

    assertThat(store.hits().page(everything(), new AtOffset(10, 0)))
        .isEqualTo(new HitPage(List.of(hit, nameless), 2));
  }

  @Test
  void isNoScan() {
    ignored(hit(code, 5, IgnoreReason.CRAWLER, "Googlebot"));

    assertThat(newest(10)).isEmpty();
  }

  @Test
  void staysInsideItsAccount() {
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();
    IgnoredHit theirs = hit(create(other, "Theirs"), 5, IgnoreReason.SCRIPT, null);
    ignored(theirs);

    assertThat(store.hits().page(everything(), new AtOffset(10, 0)).total()).isZero();
    assertThat(store.hits().countAsScan(account, theirs.id())).isEmpty();
    assertThat(store.hits().countAsScan(other, theirs.id())).contains(theirs.asScan());
  }

  @Test
  void filtersAndPages() {
    QprCode window = create(account, "Window");
    var hits = new ArrayList<IgnoredHit>();
    for (int i = 0; i < 40; i++) {
      IgnoreReason reason = i % 3 == 0 ? IgnoreReason.PREVIEW : IgnoreReason.CRAWLER;
      hits.add(hit(i % 2 == 0 ? code : window, i / 4, reason, null));
    }
    Collections.shuffle(hits);
    ignored(hits.toArray(IgnoredHit[]::new));
    var filter =
        new HitFilter(
            new ScanFilter(account, code.ref().number(), at(1), at(8)), IgnoreReason.PREVIEW);
    List<IgnoredHit> expected =
        hits.stream()
            .filter(hit -> hit.reason() == IgnoreReason.PREVIEW)
            .filter(hit -> hit.asScan().code().equals(code.ref()))
            .filter(hit -> hit.asScan().scannedAt().isAfter(at(1)))
            .filter(hit -> hit.asScan().scannedAt().isBefore(at(8)))
            .sorted(Comparator.comparing(IgnoredHit::asScan, NEWEST_FIRST))
            .toList();

    HitPage first = store.hits().page(filter, new AtOffset(2, 0));
    Scan last = first.hits().getLast().asScan();
    HitPage rest = store.hits().page(filter, new Behind(100, last.scannedAt(), last.id().text()));

    assertThat(first.total()).isEqualTo(expected.size());
    assertThat(first.hits()).isEqualTo(expected.subList(0, 2));
    assertThat(rest.hits()).isEqualTo(expected.subList(2, expected.size()));
    assertThat(store.hits().page(filter, new AtOffset(100, 1)).hits())
        .isEqualTo(expected.subList(1, expected.size()));
  }

  @Test
  void countsBySliceAndReason() {
    ignored(
        hit(code, 1, IgnoreReason.PREVIEW, null),
        hit(code, 2, IgnoreReason.PREVIEW, null),
        hit(code, 3, IgnoreReason.HEAD, null),
        hit(code, 11, IgnoreReason.PREVIEW, null),
        hit(code, 30, IgnoreReason.PREVIEW, null),
        hit(create(account, "Window"), 12, IgnoreReason.PREVIEW, null));
    long bias = Math.floorDiv(Samples.BORN.toEpochMilli(), 10_000L);
    var slicing = new Slicing(10_000, List.of(new Span(0, 0)));

    assertThat(
            store
                .hits()
                .tally(new TallyQuestion(account, code.ref().number(), at(0), at(20), slicing)))
        .containsExactlyInAnyOrder(
            new HitCount(bias, IgnoreReason.PREVIEW, 2),
            new HitCount(bias, IgnoreReason.HEAD, 1),
            new HitCount(bias + 1, IgnoreReason.PREVIEW, 1));
    assertThat(store.hits().tally(new TallyQuestion(account, null, at(11), at(20), slicing)))
        .containsExactly(new HitCount(bias + 1, IgnoreReason.PREVIEW, 2));
  }

  @Test
  void aHitCountedAsAScanIsOneAndNoHitAnyMore() {
    IgnoredHit wrong = hit(code, 5, IgnoreReason.SCRIPT, null);
    IgnoredHit right = hit(code, 6, IgnoreReason.CRAWLER, null);
    ignored(wrong, right);

    for (int times = 0; times < 2; times++) {
      assertThat(store.hits().countAsScan(account, wrong.id())).contains(wrong.asScan());
      assertThat(newest(10)).containsExactly(wrong.asScan());
      assertThat(store.hits().page(everything(), new AtOffset(10, 0)).hits())
          .containsExactly(right);
    }
  }

  @Test
  void restoresWhatIsNotThereYet() {
    IgnoredHit there = hit(code, 5, IgnoreReason.SCRIPT, null);
    IgnoredHit missing = hit(code, 6, IgnoreReason.CRAWLER, "Googlebot");
    ignored(there);

    store.hits().restore(account, List.of(missing, there));

    assertThat(store.hits().page(everything(), new AtOffset(10, 0)))
        .isEqualTo(new HitPage(List.of(missing, there), 2));
  }

  @Test
  void whatIsNoHitIsNoScanEither() {
    assertThat(store.hits().countAsScan(account, new HitId("hit_nothing"))).isEmpty();
  }

  private HitFilter everything() {
    return new HitFilter(all(), null);
  }

  private IgnoredHit hit(QprCode of, long seconds, IgnoreReason reason, String bot) {
    return new IgnoredHit(samples.scan(of, at(seconds)), reason, bot);
  }

  private void ignored(IgnoredHit... hits) {
    applied(List.of(hits).stream().<Event>map(Event.HitIgnored::new).toList());
  }
}
