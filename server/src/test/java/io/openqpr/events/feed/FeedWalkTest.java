package io.openqpr.events.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Event;
import io.openqpr.model.EventType;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Place;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.duckdb.DuckDbOptions;
import io.openqpr.storage.duckdb.DuckDbStore;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.journal.JournalSite;
import io.openqpr.storage.journal.Limits;
import io.openqpr.storage.store.CodeStore.NewCode;
import io.openqpr.storage.store.Demand;
import io.openqpr.storage.store.Demand.Operator;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.Trait;
import io.openqpr.storage.store.VisitFilter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever walks is told what the store tells, each event once, in its line's order: from wherever
/// and whatever happens meanwhile.
class FeedWalkTest {

  private static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");

  private final RandomGenerator random = RandomGenerator.getDefault();
  private final List<CodeRef> codes = new ArrayList<>();
  private final List<Scan> scans = new ArrayList<>();

  @TempDir Path directory;
  private Store store;
  private Journal journal;
  private Feed feed;
  private int account;
  private int made;

  @BeforeEach
  void open() {
    store =
        DuckDbStore.open(
            Disk.ofMachine(), directory.resolve("feed.duckdb"), DuckDbOptions.defaults());
    account = store.accounts().create("acct_1", "One", BORN).number();
    journal =
        Journal.open(
            JournalSite.of(Disk.ofMachine(), directory.resolve("journal"), random),
            () -> "journal_test",
            store.scans(),
            Limits.DEFAULT);
    feed = new Feed(store.feed(), journal, Clock.fixed(BORN, ZoneOffset.UTC), "https://q.example");
    createCode();
    createCode();
  }

  @AfterEach
  void close() {
    feed.tail().close();
    journal.close();
    store.close();
  }

  /// @param place the walk's last
  private record Walked(FeedFilter filter, FeedPlace from, List<FeedEvent> told, FeedPlace place) {}

  @RepeatedTest(3)
  void everyWalkIsToldWhatTheStoreTells() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Walked>> walks = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        happen();
        if (i % 30 == 0) {
          FeedPlace from = random.nextBoolean() ? FeedPlace.START : feed.head();
          walks.add(threads.submit(walk(from, filter())));
        }
      }
      Event.ScanCaptured last = new Event.ScanCaptured(scan(codes.getFirst()));
      lastScan = last.scan();
      journal.record(last);
      journal.awaitApplied();

      List<FeedEvent> all = stored();
      for (Future<Walked> walk : walks) {
        Walked walked = walk.get();
        List<FeedEvent> expected =
            all.stream()
                .filter(walked.filter()::matches)
                .filter(event -> !walked.from().has(event))
                .toList();
        for (int line : store.feed().head().positions().keySet()) {
          assertThat(walked.told().stream().filter(event -> event.line() == line))
              .as("line %d for %s", line, walked.filter())
              .containsExactlyElementsOf(
                  expected.stream().filter(event -> event.line() == line).toList());
        }
        assertThat(store.feed().head().includes(walked.place())).isTrue();
        expected.forEach(event -> assertThat(walked.place().has(event)).isTrue());
      }
    }
  }

  private volatile Scan lastScan;

  /// Until it was told of the last scan, which every filter here matches.
  private Callable<Walked> walk(FeedPlace from, FeedFilter filter) {
    Duration pace = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(20);
    int most = 1 + random.nextInt(50);
    return () -> {
      var told = new ArrayList<FeedEvent>();
      try (FeedWalk walk = feed.walk(from, filter, pace)) {
        while (told.isEmpty() || lastScan == null || !isOf(told.getLast(), lastScan)) {
          walk.next(most, Duration.ofSeconds(5)).forEach(one -> told.add(one.event()));
        }
        return new Walked(filter, from, told, walk.place());
      }
    };
  }

  private static boolean isOf(FeedEvent event, Scan scan) {
    return event.subject() instanceof FeedEvent.Subject.OfScan(Scan of)
        && of.id().equals(scan.id());
  }

  @Test
  void fromNowOnTellsNothingOfBeforeAndAllOfAfter() throws Exception {
    for (int i = 0; i < 20; i++) {
      journal.record(new Event.ScanCaptured(scan(codes.getFirst())));
      try (FeedWalk walk = feed.walkFromNow(FeedFilter.ALL, Duration.ZERO)) {
        Scan after = scan(codes.getLast());
        journal.record(new Event.ScanCaptured(after));
        List<Told> told = walk.next(10, Duration.ofSeconds(30));
        assertThat(told).hasSize(1);
        assertThat(isOf(told.getFirst().event(), after)).isTrue();
      }
    }
  }

  @Test
  void aPlaceBehindALostEndOfTheJournalIsSetBackToWhatIsThere() throws Exception {
    journal.record(new Event.ScanCaptured(scan(codes.getFirst())));
    int line = store.feed().lineOfOne(journal.name()).orElseThrow();
    FeedPlace ahead = feed.head().with(line, journal.synced().durable() + 100_000);
    try (FeedWalk walk = feed.walk(ahead, FeedFilter.ALL)) {
      Scan after = scan(codes.getFirst());
      journal.record(new Event.ScanCaptured(after));
      assertThat(isOf(walk.next(10, Duration.ofSeconds(30)).getFirst().event(), after)).isTrue();
    }
  }

  private List<FeedEvent> stored() {
    var all = new ArrayList<FeedEvent>();
    FeedPlace place = FeedPlace.START;
    boolean more = true;
    while (more) {
      FeedPage page = store.feed().page(place, FeedFilter.ALL, 500);
      all.addAll(page.events());
      place = page.next();
      more = page.more();
    }
    return all;
  }

  private void happen() {
    switch (random.nextInt(20)) {
      case 0 -> createCode();
      case 1, 2 ->
          journal.record(
              new Event.HitIgnored(
                  new IgnoredHit(scan(codes.getFirst()), IgnoreReason.PREFETCH, null)));
      case 3, 4, 5 -> {
        if (!scans.isEmpty()) {
          journal.record(report(scans.get(random.nextInt(scans.size()))));
        }
      }
      default -> {
        Scan scan = scan(codes.get(random.nextInt(codes.size())));
        scans.add(scan);
        journal.record(new Event.ScanCaptured(scan));
      }
    }
  }

  private Event report(Scan scan) {
    var status = random.nextBoolean() ? Conversation.Status.OPEN : Conversation.Status.COMPLETED;
    return new Event.ConversationReported(
        scan.id(),
        account,
        scan.code().number(),
        scan.scannedAt().toEpochMilli(),
        new Conversation(status, 1 + random.nextInt(5)),
        scan.scannedAt().toEpochMilli() + 1);
  }

  private FeedFilter filter() {
    boolean german = random.nextInt(4) == 0;
    return new FeedFilter(
        random.nextBoolean() ? account : null,
        random.nextBoolean()
            ? EnumSet.allOf(EventType.class)
            : Set.of(EventType.SCAN_CREATED, EventType.CONVERSATION_COMPLETED),
        random.nextBoolean() ? codes.getFirst().number() : null,
        german
            ? new VisitFilter(
                List.of(new Demand(Facet.of(Trait.COUNTRY), Operator.ANY, List.of("DE"))))
            : VisitFilter.ANY);
  }

  private void createCode() {
    int number = made++;
    var ask =
        new NewCode(
            account,
            new CodeId("qpr_" + number),
            "s%05d".formatted(number),
            "n",
            "p",
            null,
            null,
            "https://c",
            "{}",
            BORN);
    codes.add(store.codes().create(ask).orElseThrow().ref());
  }

  private Scan scan(CodeRef code) {
    return new Scan(
        new ScanId("scan_" + made++),
        code,
        BORN.plusMillis(made),
        new Place(code == codes.getFirst() || random.nextBoolean() ? "DE" : null, null, null),
        DeviceKind.MOBILE,
        random.nextLong(),
        Conversation.NONE,
        Details.NONE,
        "{}");
  }
}
