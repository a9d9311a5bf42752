package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.HitId;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.storage.store.ErasureStore.Erased;
import io.openqpr.storage.store.ErasureStore.Held;
import io.openqpr.storage.store.PageRequest.AtOffset;
import io.openqpr.storage.store.Slicing.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is erased is gone from every list and count, and nothing else is.
public abstract class ErasureStoreContract extends StoreContract {

  private static final long MINE = 7;
  private static final long OTHER = 8;
  private static final long DAY = 86_400;

  @Test
  void erasesOneScan() {
    Scan gone = scan(code, 1, MINE);
    Scan stays = scan(code, 1, MINE);
    keep(List.of(gone, stays), List.of());

    assertThat(store.erasure().eraseScan(account, gone.id())).isTrue();

    assertThat(held()).isEqualTo(List.of(stays));
    assertThat(store.scans().find(account, gone.id())).isEmpty();
    assertThat(store.erasure().eraseScan(account, gone.id())).isFalse();
  }

  @Test
  void erasesScansWhoseIdHoldsNoTimeOrAnother() {
    Scan imported = Samples.scan(code, at(1), new ScanId("till-4711"));
    Scan lying = Samples.scan(code, at(2), samples.scan(code, at(9)).id());
    keep(List.of(imported, lying), List.of());

    assertThat(store.erasure().eraseScan(account, imported.id())).isTrue();
    assertThat(store.erasure().eraseScan(account, lying.id())).isTrue();

    assertThat(held()).isEmpty();
  }

  @Test
  void erasesOneIgnoredHit() {
    IgnoredHit gone = hit(code, 1, MINE);
    IgnoredHit stays = hit(code, 1, MINE);
    keep(List.of(), List.of(gone, stays));

    assertThat(store.erasure().eraseHit(account, gone.id())).isTrue();

    assertThat(hits()).isEqualTo(List.of(stays));
    assertThat(store.hits().countAsScan(account, gone.id())).isEmpty();
    assertThat(store.erasure().eraseHit(account, gone.id())).isFalse();
    assertThat(store.erasure().eraseHit(account, new HitId("hit_nothing"))).isFalse();
  }

  @Test
  void aHitIsNotErasedAsAScanNorAScanAsAHit() {
    Scan scan = scan(code, 1, MINE);
    IgnoredHit hit = hit(code, 2, MINE);
    keep(List.of(scan), List.of(hit));

    assertThat(store.erasure().eraseScan(account, hit.asScan().id())).isFalse();
    assertThat(store.erasure().eraseHit(account, HitId.of(scan.id()))).isFalse();
  }

  @Test
  void showsAndErasesAllOfADevice() {
    QprCode window = create(account, "Window");
    Scan first = scan(code, 1, MINE);
    Scan second = scan(window, 40 * 86_400L, MINE);
    Scan someoneElses = scan(code, 2, OTHER);
    IgnoredHit hit = hit(window, 3, MINE);
    IgnoredHit othersHit = hit(code, 3, OTHER);
    keep(List.of(first, second, someoneElses), List.of(hit, othersHit));

    assertThat(store.erasure().heldOf(account, MINE, 10))
        .isEqualTo(new Held(List.of(second, first), List.of(hit)));
    assertThat(store.erasure().heldOf(account, MINE, 1).scans()).containsExactly(second);
    assertThat(store.erasure().eraseDevice(account, MINE)).isEqualTo(new Erased(2, 1));

    assertThat(held()).containsExactly(someoneElses);
    assertThat(hits()).containsExactly(othersHit);
    assertThat(tally().devices()).isEqualTo(1);
    assertThat(store.scans().countByCode(account, List.of(code.ref().number())))
        .containsEntry(code.ref().number(), 1L);
    assertThat(store.erasure().eraseDevice(account, MINE).isNothing()).isTrue();
  }

  @Test
  void erasesTheOldestInBatches() {
    var scans = new ArrayList<Scan>();
    var hits = new ArrayList<IgnoredHit>();
    for (int i = 0; i < 10; i++) {
      scans.add(scan(code, i, i));
    }
    for (int i = 0; i < 4; i++) {
      hits.add(hit(code, 2 * i, i));
    }
    keep(scans, hits);

    assertThat(store.erasure().eraseBefore(account, at(7), 5)).isEqualTo(new Erased(5, 4));
    assertThat(store.erasure().eraseBefore(account, at(7), 5)).isEqualTo(new Erased(2, 0));
    assertThat(store.erasure().eraseBefore(account, at(7), 5).isNothing()).isTrue();

    assertThat(held()).containsExactlyInAnyOrderElementsOf(scans.subList(7, 10));
    assertThat(hits()).isEmpty();
    assertThat(tally().slices().stream().mapToLong(Tally.Slice::scans).sum()).isEqualTo(3);
  }

  @Test
  void codesBeginWithTheFirstScanThatIsLeft() {
    QprCode other = create(account, "b");
    List<Scan> mine =
        List.of(scan(code, -90 * DAY, MINE), scan(code, -60 * DAY, MINE), scan(code, 1, MINE));
    Scan device = scan(other, -50 * DAY, OTHER);
    store.scans().load(mine);
    store.scans().load(List.of(device, scan(other, -50 * DAY, MINE)));
    assertThat(begins(code)).isEqualTo(at(-90 * DAY));

    store.erasure().eraseScan(account, mine.getFirst().id());
    assertThat(begins(code)).isEqualTo(at(-60 * DAY));
    store.erasure().eraseDevice(account, OTHER);
    assertThat(begins(other)).as("it has one of the same time").isEqualTo(at(-50 * DAY));
    store.erasure().eraseBefore(account, at(-40 * DAY), 100);
    assertThat(begins(code)).as("its creation").isEqualTo(at(0));
    assertThat(begins(other)).isEqualTo(at(0));
    store.erasure().eraseDevice(account, MINE);
    assertThat(begins(code)).isEqualTo(at(0));
  }

  private Instant begins(QprCode asked) {
    return store.codes().byId(account, asked.ref().id()).orElseThrow().scansSince();
  }

  @Test
  void scansOfOneMillisecondGoTogether() {
    keep(List.of(scan(code, 1, 1), scan(code, 1, 2), scan(code, 1, 3)), List.of());

    assertThat(store.erasure().eraseBefore(account, at(2), 2)).isEqualTo(new Erased(3, 0));
  }

  @Test
  void leavesOtherAccountsAlone() {
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();
    QprCode theirs = create(other, "Theirs");
    Scan scan = scan(theirs, 1, MINE);
    IgnoredHit hit = hit(theirs, 2, MINE);
    keep(List.of(scan), List.of(hit));

    assertThat(store.erasure().eraseScan(account, scan.id())).isFalse();
    assertThat(store.erasure().eraseHit(account, hit.id())).isFalse();
    assertThat(store.erasure().heldOf(account, MINE, 10)).isEqualTo(new Held(List.of(), List.of()));
    assertThat(store.erasure().eraseDevice(account, MINE).isNothing()).isTrue();
    assertThat(store.erasure().eraseBefore(account, at(99), 10).isNothing()).isTrue();

    assertThat(store.erasure().heldOf(other, MINE, 10))
        .isEqualTo(new Held(List.of(scan), List.of(hit)));
  }

  @Test
  void aLateReportOfAnErasedScanChangesNothing() {
    Scan gone = scan(code, 1, MINE);
    keep(List.of(gone), List.of());
    store.erasure().eraseScan(account, gone.id());

    applied(
        List.of(
            new Event.ConversationReported(
                gone.id(),
                account,
                code.ref().number(),
                gone.scannedAt().toEpochMilli(),
                new Conversation(Conversation.Status.OPEN, 2),
                gone.scannedAt().toEpochMilli())));

    assertThat(held()).isEmpty();
  }

  @Test
  void everythingElseIsThereAfterCompaction() {
    Scan gone = scan(code, 1, MINE);
    Scan stays = scan(code, 2, OTHER);
    IgnoredHit hit = hit(code, 3, OTHER);
    keep(List.of(gone, stays), List.of(hit));
    store.erasure().eraseDevice(account, MINE);

    store.compact();

    assertThat(store.compact()).as("once is enough").isFalse();
    assertThat(held()).containsExactly(stays);
    assertThat(hits()).containsExactly(hit);
    assertThat(store.scans().appliedPosition("j")).isEqualTo(journalled);
    assertThat(store.codes().byId(account, code.ref().id())).contains(code);
    Scan next = scan(create(account, "After"), 4, OTHER);
    keep(List.of(next), List.of());
    store.close();
    store = open();
    assertThat(held()).containsExactly(next, stays);
  }

  private void keep(List<Scan> scans, List<IgnoredHit> hits) {
    var events = new ArrayList<Event>();
    scans.forEach(scan -> events.add(new Event.ScanCaptured(scan)));
    hits.forEach(hit -> events.add(new Event.HitIgnored(hit)));
    applied(events);
  }

  private Scan scan(QprCode of, long seconds, long device) {
    Scan made = samples.scan(of, at(seconds));
    return new Scan(
        made.id(),
        made.code(),
        made.scannedAt(),
        made.place(),
        made.device(),
        device,
        made.conversation(),
        made.details(),
        made.metadata());
  }

  private IgnoredHit hit(QprCode of, long seconds, long device) {
    return new IgnoredHit(scan(of, seconds, device), IgnoreReason.CRAWLER, "Googlebot");
  }

  private List<Scan> held() {
    return newest(100);
  }

  private List<IgnoredHit> hits() {
    return store.hits().page(new HitFilter(all(), null), new AtOffset(100, 0)).hits();
  }

  private Tally tally() {
    var slicing = new Slicing(86_400_000, List.of(new Span(0, 0)));
    return store.scans().tally(new TallyQuestion(account, null, at(0), at(100 * 86_400L), slicing));
  }
}
