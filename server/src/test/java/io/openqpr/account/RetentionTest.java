package io.openqpr.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.CodeId;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.duckdb.DuckDbOptions;
import io.openqpr.storage.duckdb.DuckDbStore;
import io.openqpr.storage.store.CodeStore.NewCode;
import io.openqpr.storage.store.PageRequest.AtOffset;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each account keeps its scans as long as it says.
class RetentionTest {

  private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");

  /// More than are deleted in one transaction.
  private static final int OLD = 45_000;

  @TempDir Path directory;
  private Store store;
  private Retention retention;

  @BeforeEach
  void open() {
    store =
        DuckDbStore.open(
            Disk.ofMachine(), directory.resolve("test.duckdb"), DuckDbOptions.defaults());
    retention = new Retention(store, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void deletesWhatIsOlderThanEachAccountSays() {
    int month = accountWithScans("month", 30);
    int year = accountWithScans("year", 365);
    int forEver = accountWithScans("for-ever", null);

    runToItsEnd();

    assertThat(total(month)).isEqualTo(2);
    assertThat(total(year)).isEqualTo(OLD + 2);
    assertThat(total(forEver)).isEqualTo(OLD + 3);
    assertThat(retention.counters())
        .extracting(
            counter -> counter.labels().getFirst().value() + " " + counter.value().getAsLong())
        .containsExactly("scan " + (OLD + 2), "ignored_hit 0");
  }

  @Test
  void aChangeIsFollowedTheNextTime() {
    int account = accountWithScans("change", 365);
    runToItsEnd();
    store.accounts().keepFor(account, 30);

    runToItsEnd();

    assertThat(total(account)).isEqualTo(2);
  }

  private void runToItsEnd() {
    boolean more = true;
    while (more) {
      more = retention.step();
    }
  }

  /// One of two years ago, many of two months, one of exactly 30 days, one of now.
  private int accountWithScans(String name, Integer days) {
    int account = store.accounts().create("acct_" + name, name, NOW).number();
    store.accounts().keepFor(account, days);
    QprCode code =
        store
            .codes()
            .create(
                new NewCode(
                    account,
                    new CodeId("qpr_" + name),
                    name,
                    "n",
                    "p",
                    null,
                    null,
                    null,
                    "{}",
                    NOW))
            .orElseThrow();
    store
        .scans()
        .load(
            IntStream.range(0, OLD + 3)
                .mapToObj(i ->
                    switch (i) {
                      case 0 -> scan(code, i, Duration.ofDays(730));
                      case 1 -> scan(code, i, Duration.ofDays(30));
                      case 2 -> scan(code, i, Duration.ZERO);
                      default -> scan(code, i, Duration.ofDays(60).plusMillis(i));
                    })
                .toList());
    return account;
  }

  private static Scan scan(QprCode code, int number, Duration age) {
    return new Scan(
        new ScanId(code.name() + number),
        code.ref(),
        NOW.minus(age),
        Place.UNKNOWN,
        DeviceKind.MOBILE,
        number,
        Conversation.NONE,
        Details.NONE,
        "{}");
  }

  private long total(int account) {
    var all = new ScanFilter(account, null, null, null);
    return store.scans().page(all, new AtOffset(1, 0)).total();
  }
}
