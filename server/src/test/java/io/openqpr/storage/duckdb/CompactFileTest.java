package io.openqpr.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.StoredBytes;
import io.openqpr.model.CodeId;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.store.CodeStore.NewCode;
import io.openqpr.storage.store.PageRequest.AtOffset;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bytes of erased rows are in the file until it is compacted, and not afterwards.
class CompactFileTest {

  private static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String CITY = "Recognisable-on-Sea";

  @TempDir Path directory;
  private Disk disk = Disk.ofMachine();
  private DuckDbStore store;
  private int account;
  private QprCode code;

  @BeforeEach
  void aFileWithThousandsOfScansAndOneToErase() {
    open();
    account = store.accounts().create("acct_1", "One", BORN).number();
    code =
        store
            .codes()
            .create(
                new NewCode(
                    account, new CodeId("qpr_1"), "abc123", "n", "p", null, null, null, "{}", BORN))
            .orElseThrow();
    var scans = new ArrayList<Scan>();
    IntStream.range(0, 5_000).forEach(i -> scans.add(scan("scan_" + i, "Town " + i % 100, i)));
    scans.add(scan("scan_gone", CITY, 5_000));
    store.scans().load(scans);
    reopen();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void compactionTakesTheBytesOfErasedRowsOutOfTheFile() throws IOException {
    assertThat(StoredBytes.in(directory)).contains(CITY);
    store.erasure().eraseScan(account, new ScanId("scan_gone"));
    reopen();
    assertThat(StoredBytes.in(directory)).as("why compaction is needed").contains(CITY);

    assertThat(store.compact()).isTrue();

    assertThat(StoredBytes.in(directory)).doesNotContain(CITY);
    assertThat(total()).isEqualTo(5_000);
    reopen();
    assertThat(StoredBytes.in(directory)).doesNotContain(CITY);
    assertThat(total()).isEqualTo(5_000);
    assertThat(store.compact()).isFalse();
  }

  @Test
  void isStillDueAfterARestart() {
    store.erasure().eraseScan(account, new ScanId("scan_gone"));
    reopen();

    assertThat(store.compact()).isTrue();
  }

  @Test
  void whatACrashLeftOfANewFileIsRemoved() throws IOException {
    store.erasure().eraseScan(account, new ScanId("scan_gone"));
    store.close();
    Files.writeString(directory.resolve("test.duckdb.compact"), "half a file");
    Files.writeString(directory.resolve("test.duckdb.compact.wal"), "half a log");
    open();

    assertThat(directory.resolve("test.duckdb.compact")).doesNotExist();
    assertThat(directory.resolve("test.duckdb.compact.wal")).doesNotExist();
    assertThat(store.compact()).isTrue();
  }

  @Test
  void isNotHeldUpByAnExportWhoseReaderStalls() throws InterruptedException {
    store.erasure().eraseScan(account, new ScanId("scan_gone"));
    var reading = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    Thread export =
        Thread.ofVirtual()
            .start(() ->
                store
                    .scans()
                    .each(
                        new ScanFilter(account, null, null, null),
                        scans -> {
                          reading.countDown();
                          awaited(end);
                        }));
    reading.await();

    assertThat(store.compact()).isTrue();
    end.countDown();
    export.join();
  }

  @Test
  void leavesTheDiskToTheJournalWhereThereIsNoRoomForASecondFile() {
    store.erasure().eraseScan(account, new ScanId("scan_gone"));
    store.close();
    disk = fullDisk();
    open();

    assertThatThrownBy(store::compact)
        .hasMessageContaining("needs")
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));

    assertThat(directory.resolve("test.duckdb.compact")).doesNotExist();
    assertThat(total()).isEqualTo(5_000);
    disk = Disk.ofMachine();
    reopen();
    assertThat(store.compact()).isTrue();
  }

  /// This machine's, but for its room.
  private static Disk fullDisk() {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) ->
                method.getName().equals("freeBytes")
                    ? (Object) 1_000_000L
                    : method.invoke(Disk.ofMachine(), arguments));
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void open() {
    var options = new DuckDbOptions(2, 1, 16, Duration.ofSeconds(30), 256L << 20, 2);
    store = DuckDbStore.open(disk, directory.resolve("test.duckdb"), options);
  }

  private void reopen() {
    store.close();
    open();
  }

  private long total() {
    var all = new ScanFilter(account, null, null, null);
    return store.scans().page(all, new AtOffset(1, 0)).total();
  }

  private Scan scan(String id, String city, int second) {
    return new Scan(
        new ScanId(id),
        code.ref(),
        BORN.plusSeconds(second),
        new Place("DE", "BE", city),
        DeviceKind.MOBILE,
        second,
        Conversation.NONE,
        Details.NONE,
        "{}");
  }
}
