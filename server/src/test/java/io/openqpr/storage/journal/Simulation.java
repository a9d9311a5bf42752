package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Place;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.disk.MemoryDisk;
import io.openqpr.platform.disk.MemoryDisk.Ended;
import io.openqpr.platform.disk.MemoryDisk.Fate;
import io.openqpr.storage.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A server's journal lived through from one seed, on one thread: people scan and talk, erase,
/// disks and stores fail, power and processes go, time jumps, files are damaged. Beside it a model
/// knows what was answered; at each end it is compared with what is in the store.
///
/// The same seed is the same life, to the last byte.
final class Simulation {

  private static final Path DIRECTORY = Path.of("/data/journal");
  private static final int ACTS = 250;

  /// One life alone is told, act by act.
  private static final boolean TOLD = Long.getLong("qpr.seed") != null;

  private final SplittableRandom random;
  private final boolean damages;
  private final Limits limits;
  private final MemoryDisk disk;
  private final SimulatedStore store;
  private final JournalSite site;
  private final Answers answers = new Answers();
  private final List<Pending> pending = new ArrayList<>();
  private @Nullable EventLog log;
  private long nanos = 1;
  private int scans;
  private double diskFailing;
  private int operationsLeft = Integer.MAX_VALUE;
  private boolean powerStays;

  private record Pending(Event event, Append append) {}

  Simulation(long seed) {
    random = new SplittableRandom(seed);
    boolean shared = random.nextBoolean();
    damages = random.nextInt(8) == 0;
    limits =
        new Limits(
            1 + random.nextInt(20),
            500 + random.nextInt(20_000),
            1 + random.nextInt(4_000),
            Duration.ofMinutes(random.nextInt(60)),
            1 + random.nextInt(30),
            Duration.ZERO,
            shared ? Duration.ofMillis(500) : Duration.ZERO);
    disk = new MemoryDisk(random.split());
    store = new SimulatedStore(random.split(), shared);
    site = new JournalSite(disk, DIRECTORY, random.split(), () -> nanos);
    disk.follow(operation -> fate());
    if (random.nextInt(4) == 0) {
      disk.limitTo(8_000 + random.nextInt(20_000));
    }
  }

  private Fate fate() {
    if (--operationsLeft <= 0) {
      operationsLeft = 0; // it does not come back by itself
      return Fate.END;
    }
    return diskFailing > 0 && random.nextDouble() < diskFailing ? Fate.FAILS : Fate.WORKS;
  }

  /// @throws AssertionError when something was lost, doubled, invented, or came back
  void run() throws IOException {
    for (int act = 0; act < ACTS; act++) {
      tell("act " + act + " " + state());
      try {
        if (log == null) {
          open();
        } else {
          act(log);
        }
      } catch (Ended e) {
        // seen below, as when a step has taken it for a failure of the disk
      }
      if (operationsLeft <= 0) {
        end();
        operationsLeft = Integer.MAX_VALUE;
      }
    }
    endWell();
  }

  private static void tell(String what) {
    if (TOLD) {
      System.out.println(what);
    }
  }

  private String state() {
    String where =
        log == null
            ? "stopped"
            : "applied %d, settled %d, synced %d"
                .formatted(log.progress.applied(), log.applier.settled(), log.progress.synced());
    return where + ", " + store.rows().size() + " rows, " + disk.list(DIRECTORY);
  }

  private void act(EventLog running) throws IOException {
    int what = random.nextInt(100);
    if (what < 40) {
      scan(running);
    } else if (what < 62) {
      running.commit.step(running.commit.next());
      takeReceipts();
    } else if (what < 82) {
      running.applier.step();
      takeReceipts();
    } else if (what < 86) {
      erase(running);
    } else if (what < 90) {
      jump();
    } else if (what < 93) {
      changeTheWeather();
    } else if (what < 94) {
      store.crash();
    } else {
      stop(running, what);
    }
  }

  private void scan(EventLog running) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      Event event = event();
      answers.given(event);
      pending.add(new Pending(event, running.offer(event)));
    }
    takeReceipts();
  }

  private Event event() {
    String padding = "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 3_000 : 60));
    return switch (random.nextInt(8)) {
      case 0 ->
          new Event.HitIgnored(
              new IgnoredHit(
                  SomeScans.scan(scans++, Place.UNKNOWN, "{}"), IgnoreReason.PREFETCH, padding));
      case 1, 2 -> {
        var about = SomeScans.scan(random.nextInt(scans + 1), Place.UNKNOWN, "{}");
        yield new Event.ConversationReported(
            about.id(),
            1,
            1,
            about.scannedAt().toEpochMilli(),
            new Conversation(Conversation.Status.OPEN, 1 + random.nextInt(99)),
            about.scannedAt().toEpochMilli() + 1);
      }
      default ->
          new Event.ScanCaptured(
              SomeScans.scan(scans++, Place.UNKNOWN, "{\"p\":\"" + padding + "\"}"));
    };
  }

  private void takeReceipts() {
    pending.removeIf(each -> {
      Receipt receipt = each.append().receipt();
      if (receipt != null) {
        tell(receipt + " " + Answers.idOf(each.event()));
        answers.told(each.event(), receipt);
      }
      return receipt != null;
    });
  }

  /// As the server does: when the store has everything.
  private void erase(EventLog running) {
    if (running.progress.applied() < running.progress.synced() || store.rows().isEmpty()) {
      return;
    }
    String id = answers.anyOf(store.rows().keySet(), random);
    try {
      store.erase(id);
      answers.erased(id);
    } catch (StoreException e) {
      if (!store.rows().containsKey(id)) {
        answers.erased(id); // its answer was lost
      }
    }
  }

  private void jump() {
    nanos += Duration.ofMillis(1L << random.nextInt(24)).toNanos();
  }

  private void changeTheWeather() {
    diskFailing = damages || random.nextBoolean() ? 0 : random.nextDouble() / 4;
    store.failAt(random.nextBoolean() ? 0 : random.nextDouble() / 2);
    operationsLeft = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : Integer.MAX_VALUE;
    powerStays = random.nextBoolean();
  }

  private void fairWeather() {
    diskFailing = 0;
    store.failAt(0);
    operationsLeft = Integer.MAX_VALUE;
    disk.limitTo(Long.MAX_VALUE);
  }

  private void stop(EventLog running, int how) throws IOException {
    if (how < 96) {
      close(running);
    } else if (how < 98) {
      tell("kill");
      disk.processKilled();
    } else {
      cutPower();
      return;
    }
    forgetTheProcess();
    if (damages && random.nextBoolean()) {
      damage();
    } else if (random.nextInt(3) == 0) {
      tell("power cut while stopped");
      disk.powerCut();
    }
  }

  private void close(EventLog running) {
    running.commit.refuseNew();
    while (!running.commit.isDone()) {
      running.commit.step(running.commit.next());
    }
    running.commit.end();
    running.progress.close();
    for (int i = 0; i < 50 && running.applier.step() != Applier.Next.END; i++) {
      // another
    }
    running.storeWait.away(true);
    takeReceipts();
    assertThat(pending).as("everybody is answered").isEmpty();
    if (operationsLeft > 0) {
      assertThat(disk.open()).as("open files").isZero();
    }
    disk.processKilled();
  }

  private void end() {
    if (powerStays) {
      tell("killed within an operation");
      disk.processKilled();
      forgetTheProcess();
    } else {
      cutPower();
    }
  }

  private void cutPower() {
    tell("power cut");
    disk.powerCut();
    forgetTheProcess();
  }

  private void forgetTheProcess() {
    takeReceipts(); // who was answered was answered
    pending.clear();
    log = null;
  }

  private void open() throws IOException {
    try {
      log = EventLog.open(site, () -> "journal_1", store, limits);
    } catch (IOException | StoreException e) {
      assertThat(diskFailing > 0 || e instanceof StoreException || isFull(e))
          .as("a start is refused for no reason: " + e)
          .isTrue();
      assertThat(disk.open()).as("open files after a start that failed").isZero();
      disk.processKilled();
      fairWeather();
    }
    if (log != null && random.nextInt(4) == 0) {
      compare(log);
    }
  }

  private static boolean isFull(Exception e) {
    return String.valueOf(e.getMessage()).contains("No space left");
  }

  /// One file is not what it was.
  private void damage() throws IOException {
    fairWeather();
    List<Path> files = disk.list(DIRECTORY);
    if (files.isEmpty()) {
      return;
    }
    Path file = files.get(random.nextInt(files.size()));
    byte[] bytes = disk.bytes(file);
    boolean dark = random.nextBoolean();
    if (dark) {
      disk.powerCut();
      if (!disk.exists(file)) {
        return;
      }
      bytes = disk.bytes(file);
    }
    tell("damages " + file + " of " + bytes.length + " bytes");
    // What was written last may be torn after a power cut: a changed bit looks the same there.
    switch (random.nextInt(dark ? 2 : 4)) {
      case 0 -> disk.remove(file);
      case 1 -> disk.put(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
      default -> {
        if (bytes.length > 0) {
          int at = random.nextInt(bytes.length);
          bytes[at] ^= (byte) (1 << random.nextInt(8));
          disk.put(file, bytes);
        }
      }
    }
    tell(state());
    try {
      log = EventLog.open(site, () -> "journal_1", store, limits);
    } catch (IOException e) {
      disk.processKilled();
      tell("refused: " + e.getMessage());
      List<String> told = repair();
      tell("repair: " + told);
      answers.someMayBeLost(told.stream().anyMatch(Simulation::tellsOfLoss));
      log = EventLog.open(site, () -> "journal_1", store, limits);
    }
    compare(log);
    answers.someMayBeLost(false);
    answers.forgetLost(store.rows().keySet());
  }

  private List<String> repair() {
    try {
      return JournalRepair.run(site, () -> "journal_2", store, limits);
    } catch (CannotStartException e) {
      throw new AssertionError("a repair is refused", e);
    }
  }

  private static boolean tellsOfLoss(String line) {
    return line.startsWith("lost") || line.startsWith("unusable") || line.startsWith("nothing");
  }

  private void endWell() throws IOException {
    fairWeather();
    if (log == null) {
      open();
    }
    EventLog running = log;
    if (running == null) {
      throw new AssertionError("it does not start in fair weather");
    }
    compare(running);
  }

  /// When the store has everything.
  private void compare(EventLog running) {
    double disksWere = diskFailing;
    fairWeather();
    while (!pending.isEmpty()) {
      running.commit.step(running.commit.next());
      nanos += Duration.ofSeconds(2).toNanos();
      takeReceipts();
    }
    nanos += Duration.ofSeconds(2).toNanos(); // the store may have lost its last moments
    running.applier.step();
    nanos += Duration.ofSeconds(2).toNanos(); // the store may have lost its last moments
    running.applier.step();
    for (int i = 0; running.progress.applied() < running.progress.synced(); i++) {
      assertThat(i).as("steps of the applier in fair weather").isLessThan(10_000);
      running.applier.step();
    }
    answers.compare(store.rows());
    diskFailing = disksWere;
  }
}
