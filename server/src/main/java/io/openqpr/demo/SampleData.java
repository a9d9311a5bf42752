package io.openqpr.demo;

import io.openqpr.code.Codes;
import io.openqpr.model.Event;
import io.openqpr.model.IdMaker;
import io.openqpr.model.QprCode;
import io.openqpr.platform.DurableThread;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.journal.Receipt;
import io.openqpr.storage.store.CodeFilter;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.Store;
import io.openqpr.web.Ground;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/// Writes the sample: a dozen codes of a hotel group, a festival and a clinic, three months of
/// scans, and then a trickle of new ones. Every scan goes through the journal, as a real one does.
public final class SampleData {

  private static final int DAYS = 90;

  /// Events recorded at the same time, so that they share syncs of the disk.
  private static final int AT_ONCE = 2_000;

  /// So many times that, the store is waited for, so that the progress told is true of it too.
  private static final int TIMES_AHEAD = 5;

  private static final Duration MEAN_PAUSE = Duration.ofMillis(1_500);

  private final Store store;
  private final Journal journal;
  private final Clock clock;
  private final int account;
  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private final SampleScans scans;

  public SampleData(Ground ground, int account) {
    this.store = ground.store();
    this.journal = ground.journal();
    this.clock = ground.clock();
    this.account = account;
    this.scans = new SampleScans(ground.ids(), random);
  }

  /// The sample's codes, made now if they are not there; `progress` is told percents.
  public List<QprCode> prepare(IntConsumer progress) {
    List<QprCode> present =
        store
            .codes()
            .page(new CodeFilter(account, null, null), new PageRequest.AtOffset(200, 0))
            .codes();
    if (!present.isEmpty()) {
      return present;
    }
    Map<SampleCode, QprCode> codes = createCodes();
    var visits = new ArrayList<SampleScans.Visit>();
    Instant now = clock.instant();
    codes.forEach((sample, code) -> visits.addAll(scans.history(sample, code, DAYS, now)));
    visits.sort(Comparator.comparing(visit -> visit.scan().scannedAt()));
    for (int from = 0; from < visits.size(); from += AT_ONCE) {
      List<SampleScans.Visit> some = visits.subList(from, Math.min(from + AT_ONCE, visits.size()));
      record(some.stream().map(SampleScans.Visit::captured).toList());
      record(some.stream().flatMap(visit -> visit.reported().stream()).toList());
      record(some.stream().flatMap(visit -> visit.ignored().stream()).toList());
      if (from / AT_ONCE % TIMES_AHEAD == 0) {
        journal.awaitApplied();
      }
      progress.accept((int) (100L * (from + some.size()) / visits.size()));
    }
    journal.awaitApplied();
    return store
        .codes()
        .page(new CodeFilter(account, null, null), new PageRequest.AtOffset(200, 0))
        .codes();
  }

  /// They were there a day before their first scan.
  private Map<SampleCode, QprCode> createCodes() {
    Clock then = Clock.offset(clock, Duration.ofDays(DAYS + 1).negated());
    var codes =
        new Codes(store.codes(), store.changes(), new IdMaker(then, new SecureRandom()), then);
    var created = new LinkedHashMap<SampleCode, QprCode>();
    for (SampleCode sample : SampleCode.all()) {
      created.put(sample, codes.create(account, sample.draft()));
    }
    return created;
  }

  /// @throws IllegalStateException when one of them was not recorded, as while the server closes
  private void record(List<Event> events) {
    List<Future<Receipt>> receipts = new ArrayList<>(events.size());
    try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Event event : events) {
        receipts.add(together.submit(() -> journal.record(event)));
      }
    }
    for (Future<Receipt> receipt : receipts) {
      if (receipt.resultNow() != Receipt.DURABLE) {
        throw new IllegalStateException("the sample was not recorded: " + receipt.resultNow());
      }
    }
  }

  /// From now on a scan is added every second or two.
  public void trickle(List<QprCode> codes) {
    Map<String, SampleCode> byName = new LinkedHashMap<>();
    SampleCode.all().forEach(sample -> byName.put(sample.draft().name(), sample));
    DurableThread.start("demo-trickle", () -> trickleOne(codes, byName));
  }

  private boolean trickleOne(List<QprCode> codes, Map<String, SampleCode> byName)
      throws InterruptedException {
    Thread.sleep((long) (MEAN_PAUSE.toMillis() * (0.2 + 1.6 * random.nextDouble())));
    QprCode code = codes.get(random.nextInt(codes.size()));
    SampleCode sample = byName.get(code.name());
    if (sample != null) {
      SampleScans.Visit visit = scans.visit(sample, code, clock.instant());
      journal.record(visit.captured());
      visit.reported().ifPresent(journal::record);
      visit.ignored().ifPresent(journal::record);
    }
    return true;
  }
}
