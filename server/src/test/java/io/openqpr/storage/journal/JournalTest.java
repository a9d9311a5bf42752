package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.Event;
import io.openqpr.platform.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  /// Small files, so that every test crosses from one to the next.
  private static final Limits SMALL =
      new Limits(
          1_000, 1 << 20, 4_096, Duration.ofHours(1), 100, Duration.ofMillis(20), Duration.ZERO);

  @TempDir Path directory;

  private final MemoryScans store = new MemoryScans();

  @Test
  void carriesEveryEventIntoTheStoreInOrder() {
    try (Journal journal = open(SMALL)) {
      List<Event> events = IntStream.range(0, 500).mapToObj(SomeScans::captured).toList();
      events.forEach(event -> assertThat(journal.record(event)).isEqualTo(Receipt.DURABLE));
      journal.awaitApplied();

      assertThat(store.applied()).isEqualTo(events);
    }
  }

  @Test
  void takesEventsFromManyThreadsAtOnce() {
    try (Journal journal = open(SMALL)) {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        IntStream.range(0, 2_000)
            .forEach(n -> threads.execute(() -> journal.record(SomeScans.captured(n))));
      }
      journal.awaitApplied();

      assertThat(new HashSet<>(store.applied())).hasSize((int) journal.state().events());
      assertThat(journal.state().events() + journal.state().queueFull()).isEqualTo(2_000);
      assertThat(journal.state().syncs()).isLessThan(journal.state().events());
    }
  }

  @Test
  void appliesAfterAStartWhatTheStoreRefusedBefore() {
    store.refuse(true);
    try (Journal journal = open(SMALL)) {
      IntStream.range(0, 300).forEach(n -> journal.record(SomeScans.captured(n)));
    }
    assertThat(store.applied()).isEmpty();

    store.refuse(false);
    try (Journal journal = open(SMALL)) {
      journal.record(SomeScans.captured(300));
      journal.awaitApplied();
    }
    assertThat(store.applied())
        .isEqualTo(IntStream.rangeClosed(0, 300).mapToObj(SomeScans::captured).toList());
  }

  @Test
  void refusesMoreThanTheStoreMayBeBehind() {
    store.refuse(true);
    var limits =
        new Limits(
            1_000, 2_000, 4_096, Duration.ofHours(1), 100, Duration.ofMillis(20), Duration.ZERO);
    try (Journal journal = open(limits)) {
      var receipts = new ArrayList<Receipt>();
      IntStream.range(0, 100).forEach(n -> receipts.add(journal.record(SomeScans.captured(n))));

      assertThat(receipts.getLast()).isEqualTo(Receipt.BACKLOG_FULL);
      assertThat(journal.state().backlogFull())
          .isEqualTo(receipts.stream().filter(r -> r == Receipt.BACKLOG_FULL).count());

      store.refuse(false);
      journal.awaitApplied();
      assertThat(journal.record(SomeScans.captured(100))).isEqualTo(Receipt.DURABLE);
    }
  }

  @Test
  void deletesFilesThatAreAppliedWhole() throws IOException {
    try (Journal journal = open(SMALL)) {
      for (int n = 0; n < 1_000; n++) {
        journal.record(SomeScans.captured(n));
      }
      journal.awaitApplied();
    }
    assertThat(segments()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void refusesEventsAfterItWasClosed() {
    Journal journal = open(SMALL);
    journal.close();

    assertThat(journal.record(SomeScans.captured(1))).isEqualTo(Receipt.CLOSED);
  }

  private Journal open(Limits limits) {
    return Journal.open(
        JournalSite.of(Disk.ofMachine(), directory, RandomGenerator.getDefault()),
        () -> "journal_test",
        store,
        limits);
  }

  @Test
  void appliedEventsDoNotStayInTheFiles() throws IOException {
    var brief =
        new Limits(1_000, 1 << 20, 4_096, Duration.ZERO, 100, Duration.ofMillis(20), Duration.ZERO);
    try (Journal journal = open(SMALL)) {
      journal.record(SomeScans.captured(1));
      journal.awaitApplied();
      assertThat(segments()).hasSize(1);
      assertThat(segments().getFirst()).isNotEmptyFile();
    }
    try (Journal journal = open(brief)) {
      await(() -> segments().size() == 1 && holdsNoEvent(segments().getFirst()));
      journal.record(SomeScans.captured(2));
      journal.awaitApplied();
      await(() -> segments().size() == 1 && holdsNoEvent(segments().getFirst()));
    }
    try (Journal journal = open(SMALL)) {
      journal.record(SomeScans.captured(3));
      journal.awaitApplied();
    }
    assertThat(store.applied())
        .isEqualTo(IntStream.rangeClosed(1, 3).mapToObj(SomeScans::captured).toList());
  }

  private static boolean holdsNoEvent(Path segment) throws IOException {
    return !new String(Files.readAllBytes(segment), StandardCharsets.ISO_8859_1).contains("scan_");
  }

  private static void await(Callable<Boolean> condition) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    try {
      while (!condition.call()) {
        assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
        Thread.onSpinWait();
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
  }
}
