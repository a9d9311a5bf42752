package io.openqpr.storage.store;

import static io.openqpr.model.EventType.CODE_CREATED;
import static io.openqpr.model.EventType.CODE_DELETED;
import static io.openqpr.model.EventType.CODE_UPDATED;
import static io.openqpr.model.EventType.CONVERSATION_COMPLETED;
import static io.openqpr.model.EventType.CONVERSATION_STARTED;
import static io.openqpr.model.EventType.SCAN_CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.EventType;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.storage.store.FeedEvent.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// The feed: what is in it, in which order, and that nobody misses anything of it.
public abstract class FeedStoreContract extends StoreContract {

  @Test
  void tellsOfScansInTheOrderOfTheirJournal() {
    FeedPlace before = store.feed().head();
    Scan second = samples.scan(code, at(5));
    Scan first = samples.scan(code, at(9));

    applied(List.of(new Event.ScanCaptured(first), new Event.ScanCaptured(second)));

    FeedPage page = store.feed().page(before, mine(), 10);
    assertThat(page.events()).extracting(FeedEvent::type).containsOnly(SCAN_CREATED);
    assertThat(scans(page)).containsExactly(first, second);
    assertThat(page.events()).extracting(FeedEvent::createdAt).containsExactly(at(9), at(5));
    assertThat(page.more()).isFalse();
    assertThat(page.next()).isEqualTo(store.feed().head());
    assertThat(store.feed().page(page.next(), mine(), 10).events()).isEmpty();
    assertThat(store.feed().follow(before, mine(), 10)).isEqualTo(page);
  }

  @Test
  void tellsHowAConversationGoesOn() {
    FeedPlace before = store.feed().head();
    Scan scan = samples.scan(code, at(1));
    captured(scan);
    applied(List.of(report(scan, Conversation.Status.OPEN, 1, 20)));
    applied(List.of(report(scan, Conversation.Status.OPEN, 3, 30)));
    applied(List.of(report(scan, Conversation.Status.COMPLETED, 6, 40)));
    applied(List.of(report(scan, Conversation.Status.COMPLETED, 9, 50)));

    List<FeedEvent> events = store.feed().page(before, mine(), 10).events();

    assertThat(events)
        .extracting(FeedEvent::type, FeedEvent::createdAt, event -> conversation(event))
        .containsExactly(
            tuple(SCAN_CREATED, at(1), Conversation.NONE),
            tuple(CONVERSATION_STARTED, at(20), new Conversation(Conversation.Status.OPEN, 1)),
            tuple(
                CONVERSATION_COMPLETED,
                at(40),
                new Conversation(Conversation.Status.COMPLETED, 6)));
    assertThat(events).extracting(FeedEvent::id).doesNotHaveDuplicates();
  }

  @Test
  void oneTransactionMayHoldAWholeConversation() {
    FeedPlace before = store.feed().head();
    Scan scan = samples.scan(code, at(1));
    Scan other = samples.scan(code, at(2));

    applied(
        List.of(
            new Event.ScanCaptured(scan),
            report(scan, Conversation.Status.OPEN, 1, 3),
            report(scan, Conversation.Status.OPEN, 2, 4),
            report(scan, Conversation.Status.COMPLETED, 5, 6),
            new Event.ScanCaptured(other)));

    assertThat(walked(before, mine(), 1))
        .extracting(FeedEvent::type)
        .containsExactly(SCAN_CREATED, CONVERSATION_STARTED, CONVERSATION_COMPLETED, SCAN_CREATED);
  }

  @Test
  void aConversationThatIsToldOnlyAtItsEndHasBegunToo() {
    FeedPlace before = store.feed().head();
    Scan scan = samples.scan(code, at(1));
    captured(scan);

    applied(List.of(report(scan, Conversation.Status.COMPLETED, 4, 9)));

    assertThat(walked(before, mine(), 1))
        .extracting(FeedEvent::type)
        .containsExactly(SCAN_CREATED, CONVERSATION_STARTED, CONVERSATION_COMPLETED);
  }

  @Test
  void tellsWhatACodeWasWhenItChanged() {
    QprCode renamed =
        store.codes().update(account, code.ref().id(), c -> changed(c, "Gate")).orElseThrow();
    captured(samples.scan(code, at(1)));
    store.codes().update(account, code.ref().id(), c -> c.deleted(at(70)));

    List<FeedEvent> events =
        walked(FeedPlace.START, mine(EnumSet.of(CODE_CREATED, CODE_UPDATED, CODE_DELETED)), 1);

    assertThat(events)
        .extracting(FeedEvent::type, FeedEvent::createdAt, event -> name(event), this::total)
        .containsExactly(
            tuple(CODE_CREATED, code.createdAt(), "Door", 0L),
            tuple(CODE_UPDATED, at(60), "Gate", 0L),
            tuple(CODE_DELETED, at(70), "Gate", 1L));
    assertThat(((Subject.OfCode) events.get(0).subject()).code()).isEqualTo(code);
    assertThat(((Subject.OfCode) events.get(1).subject()).code()).isEqualTo(renamed);
    assertThat(events).extracting(FeedEvent::id).doesNotHaveDuplicates();
  }

  @Test
  void manyCodesMadeAtOnceAreToldOfOneByOne() {
    FeedPlace before = store.feed().head();
    var drafts = new ArrayList<CodeStore.NewCode>();
    for (int i = 0; i < 1_500; i++) {
      drafts.add(samples.code(account, "code " + i));
    }
    store.codes().createAll(drafts);

    assertThat(walked(before, mine(), 400))
        .extracting(FeedStoreContract::name)
        .containsExactlyElementsOf(drafts.stream().map(CodeStore.NewCode::name).toList());
  }

  @Test
  void aHitThatTurnsOutToBeAPersonIsTold() {
    FeedPlace before = store.feed().head();
    Scan scan = samples.scan(code, at(1));
    var hit = new IgnoredHit(scan, IgnoreReason.DATA_CENTER, null);
    applied(List.of(new Event.HitIgnored(hit)));
    assertThat(walked(before, mine(), 10)).isEmpty();

    store.hits().countAsScan(account, hit.id());
    store.hits().countAsScan(account, hit.id());
    applied(List.of(report(scan, Conversation.Status.OPEN, 1, 20)));

    assertThat(walked(before, mine(), 10))
        .extracting(FeedEvent::type)
        .containsExactly(SCAN_CREATED, CONVERSATION_STARTED);
  }

  @Test
  void whatIsImportedIsHistory() {
    FeedPlace before = store.feed().head();
    Scan imported = samples.scan(code, at(-100));
    store.scans().load(List.of(samples.scan(code, at(-50))));
    store.scans().loadNew(account, List.of(imported));

    assertThat(walked(before, mine(), 10)).isEmpty();

    applied(List.of(report(imported, Conversation.Status.COMPLETED, 2, 5)));
    assertThat(walked(before, mine(), 10))
        .extracting(FeedEvent::type)
        .containsExactly(CONVERSATION_STARTED, CONVERSATION_COMPLETED);
  }

  @Test
  void eventsGoWithTheirScans() {
    FeedPlace before = store.feed().head();
    Scan one = samples.scan(code, at(1));
    Scan two = samples.scan(code, at(2));
    Scan three = samples.scan(code, at(3));
    captured(one, two, three);
    for (Scan scan : List.of(one, two, three)) {
      applied(List.of(report(scan, Conversation.Status.COMPLETED, 2, 5)));
    }
    FeedPlace head = store.feed().head();

    store.erasure().eraseScan(account, one.id());
    assertThat(scans(walked(before, mine(), 2))).hasSize(6).doesNotContain(one);
    store.erasure().eraseBefore(account, at(3), 100);
    assertThat(walked(before, mine(), 2)).hasSize(3);
    store.erasure().eraseDevice(account, three.deviceKey());
    assertThat(walked(before, mine(), 2)).isEmpty();
    assertThat(store.feed().head()).isEqualTo(head);
  }

  @Test
  void filtersAreThoseOfLists() {
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();
    List<QprCode> codes = List.of(code, create(account, "b"), create(other, "theirs"));
    RandomGenerator random = random();
    var happened = new ArrayList<Event>();
    for (int i = 0; i < 400; i++) {
      Scan scan =
          samples
              .random(random, codes.get(random.nextInt(3)), at(1), at(900))
              .with(Conversation.NONE);
      happened.add(new Event.ScanCaptured(scan));
      if (random.nextBoolean()) {
        happened.add(report(scan, Conversation.Status.COMPLETED, 1, 1_000));
      }
    }
    applied(happened);
    List<FeedEvent> all = walked(FeedPlace.START, FeedFilter.ALL, 100);
    assertThat(all).hasSizeGreaterThan(600);

    for (int i = 0; i < 60; i++) {
      var filter =
          new FeedFilter(
              random.nextInt(4) == 0 ? null : account,
              random.nextBoolean()
                  ? EnumSet.allOf(EventType.class)
                  : Set.of(EventType.values()[random.nextInt(6)]),
              random.nextInt(3) == 0 ? code.ref().number() : null,
              NaiveVisits.random(random));
      assertThat(walked(FeedPlace.START, filter, 1 + random.nextInt(90)))
          .as(filter.toString())
          .containsExactlyElementsOf(all.stream().filter(filter::matches).toList());
      for (FeedEvent event : all) {
        if (event.subject() instanceof Subject.OfScan(Scan scan)) {
          assertThat(filter.visit().matches(scan))
              .isEqualTo(NaiveVisits.matches(filter.visit(), scan));
        }
      }
    }
  }

  /// Several journals, whose servers' clocks differ, in every possible order of commits.
  @RepeatedTest(5)
  void severalJournalsAreToldOnceAndEachScanInItsOrder() {
    RandomGenerator random = random();
    FeedPlace place = store.feed().head();
    var positions = new long[3];
    var open = new ArrayList<Scan>();
    var told = new ArrayList<FeedEvent>();
    FeedPlace before = place;
    int scans = 0;
    for (int round = 0; round < 60; round++) {
      int journal = random.nextInt(3);
      var events = new ArrayList<Event>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        if (open.isEmpty() || random.nextBoolean()) {
          // The clock of one is an hour ahead.
          Scan scan = samples.scan(code, at(round + 3_600L * journal));
          scans++;
          open.add(scan);
          events.add(new Event.ScanCaptured(scan));
        } else {
          Scan scan = open.remove(random.nextInt(open.size()));
          if (random.nextBoolean()) {
            open.add(scan);
            events.add(report(scan, Conversation.Status.OPEN, 1, round));
          } else {
            events.add(report(scan, Conversation.Status.COMPLETED, 2, round));
          }
        }
      }
      positions[journal] += 100L * events.size();
      // A scan that another journal brings was committed before.
      store
          .scans()
          .apply("j" + journal, positions[journal], Samples.placed(positions[journal], events));
      if (random.nextInt(3) == 0) {
        FeedPage page = store.feed().page(place, mine(), 1 + random.nextInt(4));
        told.addAll(page.events());
        place = page.next();
      }
    }
    told.addAll(walked(place, mine(), 3));

    assertThat(told).extracting(FeedEvent::id).doesNotHaveDuplicates();
    assertThat(told).filteredOn(event -> event.type() == SCAN_CREATED).hasSize(scans);
    assertThat(told).containsExactlyInAnyOrderElementsOf(walked(before, mine(), 1_000));
    var last = new HashMap<String, EventType>();
    for (FeedEvent event : told) {
      String scan = ((Subject.OfScan) event.subject()).scan().id().text();
      EventType previous = last.put(scan, event.type());
      assertThat(previous)
          .as("before %s", event)
          .isEqualTo(
              switch (event.type()) {
                case CONVERSATION_STARTED -> SCAN_CREATED;
                case CONVERSATION_COMPLETED -> CONVERSATION_STARTED;
                default -> null;
              });
    }
  }

  @Test
  void aPlaceIsGoodAfterReopening() {
    captured(samples.scan(code, at(1)));
    FeedPlace place = store.feed().head();
    int identity = store.feed().identity();
    store.close();
    store = open();
    Scan next = samples.scan(code, at(2));
    captured(next);

    assertThat(scans(walked(place, mine(), 10))).containsExactly(next);
    assertThat(store.feed().identity()).isEqualTo(identity);
  }

  @Test
  void findsTheBeginningOfATime() {
    for (int i = 0; i < 200; i++) {
      captured(samples.scan(code, at(10L * i)));
    }

    FeedPlace place = store.feed().at(at(1_000));

    List<FeedEvent> events = walked(place, mine(Set.of(SCAN_CREATED)), 50);
    assertThat(events).hasSizeBetween(100, 101);
    assertThat(events.getLast().createdAt()).isEqualTo(at(1_990));
    assertThat(walked(store.feed().at(at(-9)), mine(Set.of(SCAN_CREATED)), 50)).hasSize(200);
    assertThat(walked(store.feed().at(at(9_000)), mine(Set.of(SCAN_CREATED)), 50)).isEmpty();
  }

  @Test
  void aRareEventIsFoundBehindManyOthers() {
    var scans = new ArrayList<Event>();
    for (int i = 0; i < 5_000; i++) {
      scans.add(new Event.ScanCaptured(samples.scan(code, at(i))));
    }
    QprCode rare = create(account, "rare");
    scans.add(new Event.ScanCaptured(samples.scan(rare, at(7_000))));
    applied(scans);
    var filter =
        new FeedFilter(account, Set.of(SCAN_CREATED), rare.ref().number(), VisitFilter.ANY);

    assertThat(walked(FeedPlace.START, filter, 1)).hasSize(1);
  }

  @Test
  void aJournalThatIsFarOnIsNotReadFromItsBeginning() {
    Scan scan = samples.scan(code, at(1));
    long far = 1L << 42;
    store.scans().apply("j", far, Samples.placed(far, List.of(new Event.ScanCaptured(scan))));

    FeedPage page = store.feed().page(FeedPlace.START, mine(Set.of(SCAN_CREATED)), 10);
    while (page.events().isEmpty()) {
      assertThat(page.more()).isTrue();
      page = store.feed().page(page.next(), mine(Set.of(SCAN_CREATED)), 10);
    }

    assertThat(scans(page)).containsExactly(scan);
  }

  @Test
  void whoeverListensIsTold() {
    var moved = new AtomicInteger();
    store.feed().listen(_ -> moved.incrementAndGet());
    listening();
    int before = moved.get();

    captured(samples.scan(code, at(1)));
    movedOn(moved, before);
    int then = moved.get();
    create(account, "another");
    movedOn(moved, then);
  }

  /// Waits until listeners hear.
  protected void listening() {}

  private static void movedOn(AtomicInteger moved, int before) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (moved.get() == before && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(moved).hasValueGreaterThan(before);
  }

  /// Page by page, as if nothing were written meanwhile.
  List<FeedEvent> walked(FeedPlace from, FeedFilter filter, int limit) {
    var events = new ArrayList<FeedEvent>();
    FeedPlace place = from;
    while (true) {
      FeedPage page = store.feed().page(place, filter, limit);
      assertThat(page.events()).hasSizeLessThanOrEqualTo(limit);
      events.addAll(page.events());
      assertThat(page.next().includes(place)).isTrue();
      if (!page.more()) {
        return events;
      }
      assertThat(page.next()).isNotEqualTo(place);
      place = page.next();
    }
  }

  private FeedFilter mine() {
    return mine(EnumSet.allOf(EventType.class));
  }

  private FeedFilter mine(Set<EventType> types) {
    return new FeedFilter(account, types, null, VisitFilter.ANY);
  }

  private static List<Scan> scans(FeedPage page) {
    return scans(page.events());
  }

  private static List<Scan> scans(List<FeedEvent> events) {
    return events.stream().map(event -> ((Subject.OfScan) event.subject()).scan()).toList();
  }

  private static Conversation conversation(FeedEvent event) {
    return ((Subject.OfScan) event.subject()).scan().conversation();
  }

  private static String name(FeedEvent event) {
    return ((Subject.OfCode) event.subject()).code().name();
  }

  private long total(FeedEvent event) {
    return ((Subject.OfCode) event.subject()).scansTotal();
  }

  private static Event report(Scan scan, Conversation.Status status, int messages, long seconds) {
    return new Event.ConversationReported(
        scan.id(),
        scan.code().account(),
        scan.code().number(),
        scan.scannedAt().toEpochMilli(),
        new Conversation(status, messages),
        at(seconds).toEpochMilli());
  }

  private static QprCode changed(QprCode code, String name) {
    return new QprCode(
        code.ref(),
        name,
        code.prompt(),
        code.welcomeMessage(),
        code.template(),
        code.status(),
        code.conversationUrl(),
        code.metadata(),
        code.createdAt(),
        at(60),
        code.scansSince());
  }
}
