package io.openqpr.events.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Event;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Place;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import io.openqpr.model.ScanId;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.duckdb.DuckDbOptions;
import io.openqpr.storage.duckdb.DuckDbStore;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.journal.JournalSite;
import io.openqpr.storage.journal.Limits;
import io.openqpr.storage.journal.SyncedEvent;
import io.openqpr.storage.store.CodeStore.NewCode;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told before the store has it is what the store tells afterwards.
class OwnLineTest {

  private static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String URL = "https://qpr.example";
  private static final long LARGE = 1 << 20;

  private final RandomGenerator random = RandomGenerator.getDefault();

  @TempDir Path directory;
  private Store store;
  private Journal journal;
  private OwnLine own;
  private CodeRef code;
  private FeedPlace place;
  private int made;

  @BeforeEach
  void open() {
    store = DuckDbStore.open(Disk.ofMachine(), directory.resolve("feed.duckdb"), options());
    int account = store.accounts().create("acct_1", "One", BORN).number();
    code = created(account).ref();
    journal =
        Journal.open(
            JournalSite.of(Disk.ofMachine(), directory.resolve("journal"), random),
            () -> "journal_test",
            store.scans(),
            Limits.DEFAULT);
    own = new OwnLine(journal.synced(), store.feed().lineOfOne(journal.name()).orElseThrow());
    long begin = journal.synced().begin(LARGE);
    place = store.feed().head().with(own.number(), begin);
  }

  private static DuckDbOptions options() {
    return DuckDbOptions.defaults();
  }

  private QprCode created(int account) {
    var ask =
        new NewCode(
            account,
            new CodeId("qpr_one"),
            "abcdef",
            "n",
            "p",
            null,
            null,
            "https://c",
            "{}",
            BORN);
    return store.codes().create(ask).orElseThrow();
  }

  @AfterEach
  void close() {
    journal.close();
    store.close();
  }

  @RepeatedTest(5)
  void whatIsToldAtOnceIsWhatTheStoreTellsLater() {
    List<SyncedEvent> synced = new ArrayList<>();
    long reached = place.in(own.number());
    for (int i = 0; i < 200; i++) {
      Event event =
          random.nextInt(5) == 0
              ? new Event.HitIgnored(new IgnoredHit(scan(), IgnoreReason.PREFETCH, null))
              : new Event.ScanCaptured(scan());
      journal.record(event);
      if (random.nextInt(20) == 0) {
        reached = take(reached, synced);
      }
    }
    reached = take(reached, synced);
    assertThat(own.missing(reached)).isEqualTo(reached).isEqualTo(journal.synced().durable());
    journal.awaitApplied();

    List<FeedEvent> stored = store.feed().page(place, FeedFilter.ALL, 1_000).events();
    assertThat(stored).hasSizeGreaterThan(100).hasSameSizeAs(synced);
    for (int i = 0; i < stored.size(); i++) {
      var told = new Telling(synced.get(i), own.number(), URL);
      var told2 = new Telling(stored.get(i), URL);
      assertThat(told.event()).isEqualTo(stored.get(i));
      assertThat(told.payload()).isEqualTo(told2.payload());
      assertThat(List.of(told.line(), told.position(), (long) told.account(), told.code()))
          .isEqualTo(List.of(told2.line(), told2.position(), (long) told2.account(), told2.code()));
    }
  }

  private long take(long from, List<SyncedEvent> to) {
    OwnLine.Stretch next = own.next(from, Integer.MAX_VALUE);
    to.addAll(next.scans());
    return next.end();
  }

  @Test
  void stopsAtWhatOnlyTheStoreKnowsAndGoesOnBehindIt() {
    Scan first = scan();
    journal.record(new Event.ScanCaptured(first));
    long before = journal.synced().durable();
    journal.record(report(first, Conversation.Status.OPEN));
    journal.record(report(first, Conversation.Status.COMPLETED));
    long behind = journal.synced().durable();
    journal.record(new Event.ScanCaptured(scan()));

    OwnLine.Stretch next = own.next(place.in(own.number()), 100);
    assertThat(next.scans()).hasSize(1);
    assertThat(next.end()).isEqualTo(before);
    long missing = own.missing(before);
    assertThat(missing).isGreaterThan(before).isLessThanOrEqualTo(behind);
    assertThat(own.next(behind, 100).scans()).hasSize(1);
  }

  @Test
  void whatDoesNotFitIsMissing() {
    long from = place.in(own.number());
    journal.synced().begin(1);
    journal.record(new Event.ScanCaptured(scan()));
    long behind = journal.synced().durable();
    assertThat(own.missing(from)).isEqualTo(behind);

    journal.synced().begin(LARGE);
    journal.record(new Event.ScanCaptured(scan()));
    assertThat(own.missing(from)).isEqualTo(behind);
    assertThat(own.next(from, 100).end()).isEqualTo(from);
    assertThat(own.next(behind, 100).scans()).hasSize(1);
  }

  private Event report(Scan scan, Conversation.Status status) {
    return new Event.ConversationReported(
        scan.id(),
        code.account(),
        code.number(),
        scan.scannedAt().toEpochMilli(),
        new Conversation(status, 1),
        scan.scannedAt().toEpochMilli() + 1);
  }

  private Scan scan() {
    Details details = Details.NONE;
    for (ScanField field : ScanField.details()) {
      boolean known = random.nextBoolean();
      boolean params = field == ScanField.PARAMS;
      details =
          known ? details.with(field, params ? "{\"p\":\"" + text() + "\"}" : text()) : details;
    }
    return new Scan(
        new ScanId("scan_" + made++),
        code,
        BORN.plusMillis(random.nextInt(1_000_000)),
        new Place(random.nextBoolean() ? "DE" : null, random.nextBoolean() ? text() : null, text()),
        DeviceKind.values()[random.nextInt(DeviceKind.values().length)],
        random.nextLong(),
        Conversation.NONE,
        details,
        random.nextBoolean() ? QprCode.NO_METADATA : "{\"t\":\"" + text() + "\"}");
  }

  /// As scans may have it.
  private String text() {
    String letters = "aZ09 _-.,;äßōλ\u0416漢字\uD83D\uDE00\u00A0\u200B/'%";
    var text = new StringBuilder();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      int at = random.nextInt(letters.codePointCount(0, letters.length()));
      text.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, at)));
    }
    return text.toString();
  }
}
