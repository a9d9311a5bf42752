package io.openqpr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.Account;
import io.openqpr.model.ApiKey;
import io.openqpr.model.CodeId;
import io.openqpr.model.CodeStatus;
import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.model.Scope;
import io.openqpr.store.AccountStore.Revocation;
import io.openqpr.store.AnswerStore.Kept;
import io.openqpr.store.PageRequest.AtOffset;
import io.openqpr.store.PageRequest.Behind;
import io.openqpr.store.Slicing.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every engine does alike. Each engine's test extends this and says how its store is opened.
public abstract class StoreContract {

  private static final Comparator<Scan> NEWEST_FIRST =
      Comparator.comparing(Scan::scannedAt).thenComparing(scan -> scan.id().text()).reversed();

  protected final Samples samples = new Samples();
  protected Store store;
  private int account;
  private QprCode code;

  /// Opens the test's own store, or opens it again.
  protected abstract Store open();

  @BeforeEach
  final void begin() {
    store = open();
    account = store.accounts().create("acct_1", "One", Samples.BORN).number();
    code = create(account, "Door");
  }

  @AfterEach
  final void end() {
    store.close();
  }

  // Logos

  @Test
  void aLogoIsKeptByteByByteUntilItIsReplacedOrRemoved() {
    byte[] everyByte = new byte[70_000];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    assertThat(store.logos().find(account)).isEmpty();
    assertThat(store.logos().remove(account)).isFalse();

    store.logos().put(account, new byte[] {1});
    store.logos().put(account + 1, new byte[] {2});
    store.logos().put(account, everyByte);
    store.close();
    store = open();

    assertThat(store.logos().find(account)).hasValue(everyByte);
    assertThat(store.logos().find(account + 1)).hasValue(new byte[] {2});
    assertThat(store.logos().remove(account)).isTrue();
    assertThat(store.logos().find(account)).isEmpty();
    store.logos().put(account, new byte[] {3});
    assertThat(store.logos().find(account)).hasValue(new byte[] {3});
  }

  // Accounts and keys

  @Test
  void theFirstAccountIsTheOldest() {
    Account second = store.accounts().create("acct_2", "Two", Samples.BORN.plusSeconds(1));

    assertThat(store.accounts().first().orElseThrow().number()).isEqualTo(account);
    assertThat(second.number()).isNotEqualTo(account);
  }

  @Test
  void aKeyIsFoundByItsHash() {
    var key = key("key_1", "abc", null);

    store.accounts().addKey(key);

    assertThat(store.accounts().keyByHash("abc")).contains(key);
    assertThat(store.accounts().keyByHash("abd")).isEmpty();
  }

  @Test
  void keysAreRevokedButForTheLastFullOne() {
    ApiKey limited = key("key_1", "a", Set.of(Scope.SCANS_READ, Scope.KEYS_WRITE));
    ApiKey full = key("key_2", "b", null);
    List.of(limited, full).forEach(store.accounts()::addKey);

    assertThat(store.accounts().keys(account)).containsExactly(full, limited);
    assertThat(revoke("key_2")).isEqualTo(new Revocation.LastFullKey());
    assertThat(revoke("key_3")).isEqualTo(new Revocation.Absent());
    assertThat(store.accounts().revokeKey(account + 1, "key_1", at(5)))
        .isEqualTo(new Revocation.Absent());

    store.accounts().addKey(key("key_3", "c", null));
    assertThat(revoke("key_2")).isInstanceOf(Revocation.Revoked.class);
    assertThat(revoke("key_2")).isInstanceOf(Revocation.Revoked.class);
    assertThat(store.accounts().keyByHash("b").orElseThrow().revokedAt()).isEqualTo(at(5));
    assertThat(revoke("key_3")).isEqualTo(new Revocation.LastFullKey());
  }

  @Test
  void theLastUseOfAKeyNeverMovesBack() {
    store.accounts().addKey(key("key_1", "a", null));

    store.accounts().keysUsed(Map.of("key_1", at(9), "key_9", at(9)));
    store.accounts().keysUsed(Map.of("key_1", at(7)));

    assertThat(store.accounts().keyByHash("a").orElseThrow().lastUsedAt()).isEqualTo(at(9));
  }

  private ApiKey key(String id, String hash, @Nullable Set<Scope> scopes) {
    return new ApiKey(id, account, "name", hash, scopes, Samples.BORN, null, null);
  }

  private Revocation revoke(String id) {
    return store.accounts().revokeKey(account, id, at(5));
  }

  @Test
  void anAnswerIsKeptUntilItExpires() {
    var kept = new Kept(account, "key", "hash", "answer", at(0));
    store.answers().keep(kept, at(-10));

    assertThat(store.answers().find(account, "key")).contains(kept);
    assertThat(store.answers().find(account + 1, "key")).isEmpty();

    var newer = new Kept(account, "key", "hash2", "answer2", at(5));
    store.answers().keep(newer, at(-10));
    assertThat(store.answers().find(account, "key")).contains(newer);
    store.answers().keep(new Kept(account, "other", "h", "a", at(100)), at(50));
    assertThat(store.answers().find(account, "key")).isEmpty();
  }

  // Codes

  @Test
  void aCodeIsReadAsItWasMade() {
    var asked = samples.code(account, "Zimmer „7“ 🛎");

    QprCode made = store.codes().create(asked).orElseThrow();

    assertThat(store.codes().byShortId(asked.shortId())).contains(made);
    assertThat(store.codes().byId(account, asked.id())).contains(made);
    assertThat(made.name()).isEqualTo(asked.name());
    assertThat(made.status()).isEqualTo(CodeStatus.ACTIVE);
    assertThat(made.scansSince()).isEqualTo(asked.createdAt());
  }

  @Test
  void aTakenShortIdIsRefused() {
    var asked = samples.code(account, "a");
    store.codes().create(asked);

    assertThat(store.codes().create(asked)).isEmpty();
    assertThat(store.codes().page(new CodeFilter(account, null, null), new AtOffset(1, 0)).total())
        .isEqualTo(2);
  }

  @Test
  void anotherAccountsCodeIsAbsent() {
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();

    assertThat(store.codes().byId(other, code.ref().id())).isEmpty();
    assertThat(store.codes().byId(account, new CodeId("qpr_none"))).isEmpty();
    assertThat(store.codes().page(new CodeFilter(other, null, null), new AtOffset(9, 0)).codes())
        .isEmpty();
    assertThat(store.codes().scansSince(other)).isEmpty();
  }

  @Test
  void codesAreListedNewestFirst() {
    QprCode second = create(account, "b");
    QprCode third = create(account, "c");

    assertThat(codes(null, null, new AtOffset(2, 0))).containsExactly(third, second);
    assertThat(codes(null, null, new AtOffset(2, 2))).containsExactly(code);
    assertThat(codes(null, null, new AtOffset(2, 99))).isEmpty();
    String id = third.ref().id().text();
    assertThat(codes(null, null, new Behind(9, third.createdAt(), id)))
        .containsExactly(second, code);
  }

  @Test
  void codesAreFilteredByStatusAndName() {
    QprCode paused = create(account, "Garden DOOR 100% _");
    change(paused, CodeStatus.PAUSED);

    assertThat(codes(CodeStatus.PAUSED, null, new AtOffset(9, 0))).hasSize(1);
    assertThat(codes(CodeStatus.ARCHIVED, null, new AtOffset(9, 0))).isEmpty();
    assertThat(codes(null, "door", new AtOffset(9, 0))).hasSize(2);
    assertThat(codes(null, "00% _", new AtOffset(9, 0))).hasSize(1);
    assertThat(codes(null, "%", new AtOffset(9, 0))).hasSize(1);
    assertThat(codes(CodeStatus.ACTIVE, "garden", new AtOffset(9, 0))).isEmpty();
  }

  @Test
  void aCodeIsChanged() {
    QprCode changed = change(code, CodeStatus.PAUSED);

    assertThat(changed.status()).isEqualTo(CodeStatus.PAUSED);
    assertThat(store.codes().byShortId(code.ref().shortId())).contains(changed);
    assertThat(store.codes().update(account + 1, code.ref().id(), c -> c)).isEmpty();
    assertThat(store.codes().update(account, new CodeId("qpr_none"), c -> c)).isEmpty();
  }

  @Test
  void aChangeThatFailsLeavesTheCode() {
    assertThatThrownBy(() ->
            store
                .codes()
                .update(
                    account,
                    code.ref().id(),
                    c -> {
                      throw new IllegalArgumentException("no");
                    }))
        .hasMessage("no");
    assertThat(store.codes().byId(account, code.ref().id())).contains(code);
  }

  @Test
  void aDeletedCodeIsKnownOnlyByItsIds() {
    QprCode deleted = change(code, CodeStatus.DELETED);

    assertThat(codes(null, null, new AtOffset(9, 0))).isEmpty();
    assertThat(codes(CodeStatus.DELETED, null, new AtOffset(9, 0))).isEmpty();
    assertThat(store.codes().update(account, code.ref().id(), c -> c)).isEmpty();
    assertThat(store.codes().byId(account, code.ref().id())).contains(deleted);
    assertThat(store.codes().byShortId(code.ref().shortId())).contains(deleted);
    assertThat(store.codes().taken(List.of(code.ref().shortId(), "free")))
        .containsExactly(code.ref().shortId());
  }

  private QprCode change(QprCode code, CodeStatus status) {
    return store
        .codes()
        .update(
            code.ref().account(),
            code.ref().id(),
            c ->
                new QprCode(
                    c.ref(),
                    c.name(),
                    c.prompt(),
                    c.welcomeMessage(),
                    c.template(),
                    status,
                    c.conversationUrl(),
                    c.metadata(),
                    c.createdAt(),
                    at(77),
                    c.scansSince()))
        .orElseThrow();
  }

  private List<QprCode> codes(
      @Nullable CodeStatus status, @Nullable String search, PageRequest page) {
    CodeStore.Page found = store.codes().page(new CodeFilter(account, status, search), page);
    assertThat(found.total()).isGreaterThanOrEqualTo(found.codes().size());
    return found.codes();
  }

  @Test
  void manyCodesAreMadeAtOnce() {
    List<QprCode> made =
        store.codes().createAll(List.of(samples.code(account, "x"), samples.code(account, "y")));

    assertThat(made).extracting(QprCode::name).containsExactly("x", "y");
    for (QprCode each : made) {
      assertThat(store.codes().byId(account, each.ref().id())).contains(each);
    }
  }

  // Scans written

  @Test
  void whatIsAppliedIsThereAfterReopening() {
    Scan scan = samples.random(random(), code, at(0), at(3_600));

    store.scans().apply("j", 17, List.of(new Event.ScanCaptured(scan)));
    store.close();
    store = open();

    assertThat(store.scans().appliedPosition("j")).isEqualTo(17);
    assertThat(store.scans().appliedPosition("other")).isZero();
    assertThat(newest(10)).containsExactly(scan);
  }

  @Test
  void aFailedTransactionLeavesNothing() {
    Scan good = samples.scan(code, at(1));
    store.scans().apply("j", 1, List.of(new Event.ScanCaptured(good)));
    Scan impossible = Samples.scan(code, at(2), new ScanId("scan_\u0000"));

    try {
      store
          .scans()
          .apply(
              "j",
              2,
              List.of(
                  new Event.ScanCaptured(samples.scan(code, at(2))),
                  new Event.ScanCaptured(impossible)));
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

    store
        .scans()
        .apply(
            "j",
            1,
            List.of(
                new Event.ScanCaptured(scan),
                report(scan, Conversation.Status.OPEN, 4),
                report(scan, Conversation.Status.OPEN, 2)));

    assertThat(conversation(scan)).isEqualTo(new Conversation(Conversation.Status.OPEN, 4));
  }

  @Test
  void thousandsOfReportsComeTogether() {
    List<Scan> scans = loaded(2_500, random());
    List<Event> reports =
        scans.stream()
            .<Event>map(scan -> report(scan, Conversation.Status.COMPLETED, 1_000))
            .toList();

    store.scans().apply("j", 2, reports);

    assertThat(newest(5_000))
        .hasSize(2_500)
        .allMatch(scan -> scan.conversation().messages() == 1_000);
  }

  @Test
  void olderScansMoveTheirCodesBeginning() {
    QprCode other = create(account, "b");

    store.scans().load(List.of(samples.scan(code, at(-500)), samples.scan(code, at(-900))));
    store.scans().load(List.of(samples.scan(code, at(-100)), samples.scan(other, at(5))));

    assertThat(store.codes().byShortId(code.ref().shortId()).orElseThrow().scansSince())
        .isEqualTo(at(-900));
    assertThat(store.codes().byShortId(other.ref().shortId()).orElseThrow().scansSince())
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

  // Scans read

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

  private static boolean matches(ScanFilter filter, Scan scan) {
    return (filter.code() == null || filter.code() == scan.code().number())
        && (filter.since() == null || scan.scannedAt().isAfter(filter.since()))
        && (filter.until() == null || scan.scannedAt().isBefore(filter.until()));
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
      // Half of them within one minute, some at the very same moment, the rest over a century.
      long within = i % 2 == 0 ? 60 : 3_000_000_000L;
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

  // Analytics

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

    for (int i = 0; i < 30; i++) {
      Instant begin = from.plusSeconds(random.nextInt(-1_000, 100_000));
      var question =
          new TallyQuestion(
              random.nextInt(4) == 0 ? other : account,
              random.nextBoolean() ? null : code.ref().number(),
              begin,
              random.nextBoolean() ? until : begin.plusSeconds(random.nextInt(200_000)),
              slicing(random, from, until));
      assertThat(store.scans().tally(question))
          .as("%s", question)
          .isEqualTo(NaiveTally.of(scans, question));
    }
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

  @Test
  void nothingCountsNothing() {
    var question =
        new TallyQuestion(account, null, at(0), at(9), new Slicing(1_000, List.of(new Span(0, 0))));

    assertThat(store.scans().tally(question))
        .isEqualTo(new Tally(List.of(), 0, List.of(), List.of()));
  }

  @Test
  void aClosedStoreAnswersNothing() {
    store.close();
    assertThatThrownBy(() -> store.accounts().first()).isInstanceOf(StoreException.class);
    store = open();
  }

  // Words

  private QprCode create(int owner, String name) {
    return store.codes().create(samples.code(owner, name)).orElseThrow();
  }

  private void captured(Scan... scans) {
    List<Event> events = List.of(scans).stream().<Event>map(Event.ScanCaptured::new).toList();
    store.scans().apply("j", 1, events);
  }

  private void reported(Scan scan, Conversation.Status status, int messages) {
    store.scans().apply("j", 1, List.of(report(scan, status, messages)));
  }

  private static Event report(Scan scan, Conversation.Status status, int messages) {
    return new Event.ConversationReported(
        scan.id(),
        scan.code().account(),
        scan.code().number(),
        scan.scannedAt().toEpochMilli(),
        new Conversation(status, messages));
  }

  private Conversation conversation(Scan scan) {
    return store.scans().find(account, scan.id()).orElseThrow().conversation();
  }

  /// Newest first.
  private List<Scan> loaded(int count, RandomGenerator random) {
    var scans = new ArrayList<Scan>();
    for (int i = 0; i < count; i++) {
      scans.add(samples.random(random, code, at(0), at(300 * 86_400L)));
    }
    store.scans().load(scans);
    scans.sort(NEWEST_FIRST);
    return scans;
  }

  private ScanFilter all() {
    return new ScanFilter(account, null, null, null);
  }

  private List<Scan> newest(int limit) {
    return store.scans().page(all(), new AtOffset(limit, 0)).scans();
  }

  private List<Instant> times(ScanFilter filter) {
    return store.scans().page(filter, new AtOffset(100, 0)).scans().stream()
        .map(Scan::scannedAt)
        .toList();
  }

  private static Instant at(long seconds) {
    return Samples.BORN.plusSeconds(seconds);
  }

  private static RandomGenerator random() {
    return RandomGenerator.of("L64X128MixRandom");
  }
}
