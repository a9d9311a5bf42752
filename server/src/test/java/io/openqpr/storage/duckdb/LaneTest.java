package io.openqpr.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One reader, and room for one more that waits.
class LaneTest {

  @TempDir Path directory;
  private final CountDownLatch taken = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private DuckDb database;
  private Thread reading;

  @BeforeEach
  void takeTheOnlyReader() throws Exception {
    var options = new DuckDbOptions(1, 1, 1, Duration.ofMillis(300), 256L << 20, 1);
    database = DuckDb.open(Disk.ofMachine(), directory.resolve("test.duckdb"), options);
    reading = Thread.ofVirtual().start(() -> database.read(sql -> reads()));
    taken.await();
  }

  @AfterEach
  void close() throws Exception {
    end.countDown();
    reading.join();
    database.close();
  }

  @Test
  void whoGetsNoTurnInTimeIsCounted() {
    assertThatThrownBy(() -> database.read(sql -> 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no turn within");

    assertThat(busy("reader")).isEqualTo(1);
  }

  @Test
  void whoFindsTheQueueFullIsCounted() {
    // The first gives up, but its place is free only when the reader comes by.
    assertThatThrownBy(() -> database.read(sql -> 1)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> database.read(sql -> 2))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("too much waits already");

    assertThat(busy("reader")).isEqualTo(2);
  }

  @Test
  void lanesAreCountedApart() {
    assertThatThrownBy(() -> database.read(sql -> 1)).isInstanceOf(StoreException.class);
    assertThat(database.<Integer>readAtLeisure(sql -> 1)).isEqualTo(1);

    assertThat(database.busy())
        .containsOnlyKeys("follower", "look-up", "reader", "slow-reader", "writer");
    assertThat(busy("slow-reader")).isZero();
    assertThat(busy("writer")).isZero();
  }

  @Test
  void aFailureIsNotCountedAsBusy() {
    assertThatThrownBy(() -> database.write(sql -> sql.execute("no sql")))
        .isInstanceOf(StoreException.class);

    assertThat(busy("writer")).isZero();
  }

  private long busy(String lane) {
    return database.busy().get(lane).getAsLong();
  }

  private int reads() {
    taken.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }
}
