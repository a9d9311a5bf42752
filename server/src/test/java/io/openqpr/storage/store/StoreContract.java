package io.openqpr.storage.store;

import io.openqpr.model.Event;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.storage.store.PageRequest.AtOffset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What every engine does alike. An engine's test runs each contract that extends this in a nested
/// class, which says how the engine's store is opened.
public abstract class StoreContract {

  static final Comparator<Scan> NEWEST_FIRST =
      Comparator.comparing(Scan::scannedAt).thenComparing(scan -> scan.id().text()).reversed();

  final Samples samples = new Samples();
  Store store;
  int account;
  QprCode code;

  /// How far the journal is.
  long journalled;

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

  QprCode create(int owner, String name) {
    return store.codes().create(samples.code(owner, name)).orElseThrow();
  }

  /// As the journal does.
  void applied(List<Event> events) {
    journalled += 100L * events.size();
    store.scans().apply("j", journalled, Samples.placed(journalled, events));
  }

  void captured(Scan... scans) {
    List<Event> events = List.of(scans).stream().<Event>map(Event.ScanCaptured::new).toList();
    applied(events);
  }

  /// Newest first.
  List<Scan> loaded(int count, RandomGenerator random) {
    var scans = new ArrayList<Scan>();
    for (int i = 0; i < count; i++) {
      scans.add(samples.random(random, code, at(0), at(300 * 86_400L)));
    }
    store.scans().load(scans);
    scans.sort(NEWEST_FIRST);
    return scans;
  }

  ScanFilter all() {
    return new ScanFilter(account, null, null, null);
  }

  List<Scan> newest(int limit) {
    return store.scans().page(all(), new AtOffset(limit, 0)).scans();
  }

  static Instant at(long seconds) {
    return Samples.BORN.plusSeconds(seconds);
  }

  static RandomGenerator random() {
    return RandomGenerator.of("L64X128MixRandom");
  }
}
