package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How scans, and reports of their conversations, are written.
public abstract class ScanWritingContract extends StoreContract {

  @Test
  void whatIsAppliedIsThereAfterReopening() {
    Scan scan = samples.random(random(), code, at(0), at(3_600));

    store.scans().apply("j", 17, Samples.placed(17, List.of(new Event.ScanCaptured(scan))));
    store.close();
    store = open();

    assertThat(store.scans().appliedPosition("j")).isEqualTo(17);
    assertThat(store.scans().appliedPosition("other")).isZero();
    assertThat(newest(10)).containsExactly(scan);
  }

  @Test
  void aFailedTransactionLeavesNothing() {
    Scan good = samples.scan(code, at(1));
    store.scans().apply("j", 1, Samples.placed(1, List.of(new Event.ScanCaptured(good))));
    Scan impossible = Samples.scan(code, at(2), new ScanId("scan_\u0000"));

    try {
      store
          .scans()
          .apply(
              "j",
              2,
              Samples.placed(
                  2,
                  List.of(
                      new Event.ScanCaptured(samples.scan(code, at(2))),
                      new Event.ScanCaptured(impossible))));
      // An engine that can hold the character has nothing to refuse.
      assertThat(store.scans().appliedPosition("j")).isEqualTo(2);
    } catch (StoreException e) {
      assertThat(store.scans().appliedPosition("j")).isEqualTo(1);
      assertThat(newest(10)).containsExactly(good);
    }
  }

  @Test
  void reportsMoveAConversationOnlyForward() {
    Scan scan = samples.scan(code, at(1));
    Scan untouched = samples.scan(code, at(1));
    captured(scan, untouched);

    reported(scan, Conversation.Status.OPEN, 3);
    assertThat(conversation(scan)).isEqualTo(new Conversation(Conversation.Status.OPEN, 3));
    reported(scan, Conversation.Status.COMPLETED, 2);
    assertThat(conversation(scan)).isEqualTo(new Conversation(Conversation.Status.COMPLETED, 3));
    reported(scan, Conversation.Status.OPEN, 5);
    assertThat(conversation(scan)).isEqualTo(new Conversation(Conversation.Status.COMPLETED, 5));
    assertThat(conversation(untouched)).isEqualTo(Conversation.NONE);
  }

  @Test
  void aScanAndItsReportsMayComeTogether() {
    Scan scan = samples.scan(code, at(1));

    applied(
        List.of(
            new Event.ScanCaptured(scan),
            report(scan, Conversation.Status.OPEN, 4),
            report(scan, Conversation.Status.OPEN, 2)));

    assertThat(conversation(scan)).isEqualTo(new Conversation(Conversation.Status.OPEN, 4));
  }

  @Test
  void reportsOfTwoAccountsOnOneImportedIdStayApart() {
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();
    QprCode theirCode = create(other, "theirs");
    Scan ours = Samples.scan(code, at(1), new ScanId("visit-1"));
    Scan theirs = Samples.scan(theirCode, at(1), new ScanId("visit-1"));
    store.scans().loadNew(account, List.of(ours));
    store.scans().loadNew(other, List.of(theirs));

    applied(
        List.of(
            report(ours, Conversation.Status.OPEN, 3),
            report(theirs, Conversation.Status.COMPLETED, 7)));

    assertThat(store.scans().find(account, ours.id()).orElseThrow().conversation())
        .isEqualTo(new Conversation(Conversation.Status.OPEN, 3));
    assertThat(store.scans().find(other, theirs.id()).orElseThrow().conversation())
        .isEqualTo(new Conversation(Conversation.Status.COMPLETED, 7));
  }

  @Test
  void thousandsOfReportsComeTogether() {
    List<Scan> scans = loaded(2_500, random());
    List<Event> reports =
        scans.stream()
            .<Event>map(scan -> report(scan, Conversation.Status.COMPLETED, 1_000))
            .toList();

    applied(reports);

    assertThat(newest(5_000))
        .hasSize(2_500)
        .allMatch(scan -> scan.conversation().messages() == 1_000);
  }

  @Test
  void olderScansMoveTheirCodesBeginning() {
    QprCode other = create(account, "b");

    store.scans().load(List.of(samples.scan(code, at(-500)), samples.scan(code, at(-900))));
    store.scans().load(List.of(samples.scan(code, at(-100)), samples.scan(other, at(5))));

    assertThat(store.codes().byId(account, code.ref().id()).orElseThrow().scansSince())
        .isEqualTo(at(-900));
    assertThat(store.codes().byId(account, other.ref().id()).orElseThrow().scansSince())
        .isEqualTo(Samples.BORN);
    assertThat(store.codes().scansSince(account)).contains(at(-900));
  }

  @Test
  void onlyScansOfNewIdsAreAdded() {
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();
    QprCode theirs = create(other, "theirs");
    List<Scan> scans = loaded(300, random());
    Scan fresh = samples.scan(code, at(-5));
    Scan sameIdOtherTime = Samples.scan(code, at(77), scans.getFirst().id());

    assertThat(store.scans().loadNew(account, List.of(scans.get(7), fresh, sameIdOtherTime)))
        .isEqualTo(1);
    assertThat(store.scans().loadNew(account, List.of(fresh))).isZero();
    assertThat(store.scans().loadNew(account, List.of())).isZero();
    // Ids are an account's own.
    assertThat(store.scans().loadNew(other, List.of(Samples.scan(theirs, at(1), fresh.id()))))
        .isEqualTo(1);
    assertThat(newest(500)).hasSize(301).endsWith(fresh);
    assertThat(store.codes().scansSince(account)).contains(at(-5));
  }

  private void reported(Scan scan, Conversation.Status status, int messages) {
    applied(List.of(report(scan, status, messages)));
  }

  private static Event report(Scan scan, Conversation.Status status, int messages) {
    return new Event.ConversationReported(
        scan.id(),
        scan.code().account(),
        scan.code().number(),
        scan.scannedAt().toEpochMilli(),
        new Conversation(status, messages),
        scan.scannedAt().toEpochMilli());
  }

  private Conversation conversation(Scan scan) {
    return store.scans().find(account, scan.id()).orElseThrow().conversation();
  }
}
