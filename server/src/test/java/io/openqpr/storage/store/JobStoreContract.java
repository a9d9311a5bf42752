package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.store.JobStore.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How jobs are taken, on any engine.
public abstract class JobStoreContract extends StoreContract {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration EVERY = Duration.ofSeconds(100);
  private static final String JOB = "sweep";

  private Optional<Claim> claim(long second) {
    return store.jobs().claim(JOB, at(second), EVERY, LEASE);
  }

  @Test
  void eachDueRunIsTakenOnce() throws InterruptedException {
    int runs = 20;
    var taken = new AtomicInteger();
    for (int run = 0; run < runs; run++) {
      int second = run * 100;
      var ready = new CountDownLatch(1);
      try (var claimers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 4; i++) {
          claimers.execute(() -> {
            awaitQuietly(ready);
            claim(second)
                .ifPresent(claim -> {
                  taken.incrementAndGet();
                  assertThat(store.jobs().giveBack(claim, at(second + 100))).isTrue();
                });
          });
        }
        ready.countDown();
      }
    }
    assertThat(taken).hasValue(runs);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aJobIsFreeOnlyWhenItIsDueAndGivenBack() {
    Claim claim = claim(0).orElseThrow();
    assertThat(claim(1)).isEmpty();
    assertThat(store.jobs().claim("another", at(1), EVERY, LEASE)).isPresent();

    store.jobs().giveBack(claim, at(10));
    assertThat(claim(9)).isEmpty();
    assertThat(claim(10)).contains(new Claim(JOB, claim.number() + 1, at(10)));
  }

  @Test
  void whoDiesLeavesTheJobWhenTheLeaseIsOver() {
    Claim dead = claim(0).orElseThrow();
    assertThat(claim(59)).isEmpty();
    Claim heir = claim(60).orElseThrow();

    // Who seemed dead comes back too late, and changes nothing.
    assertThat(store.jobs().extend(dead, at(61), LEASE)).isFalse();
    assertThat(store.jobs().giveBack(dead, at(61))).isFalse();
    assertThat(claim(62)).isEmpty();
    assertThat(store.jobs().giveBack(heir, at(63))).isTrue();
  }

  @Test
  void whoIsStillAtItKeepsTheJob() {
    Claim claim = claim(0).orElseThrow();
    assertThat(store.jobs().extend(claim, at(50), LEASE)).isTrue();
    assertThat(claim(109)).isEmpty();
    assertThat(claim(110)).isPresent();
  }

  @Test
  void whatAClockThatWasAheadHasWrittenIsDueNow() {
    Claim ahead = claim(1_000_000).orElseThrow();
    Claim now = claim(0).orElseThrow();
    assertThat(store.jobs().giveBack(ahead, at(1_000_100))).isFalse();
    store.jobs().giveBack(now, at(2_000_000));
    assertThat(claim(1)).isPresent();
  }

  @Test
  void anotherServersClockMayBeAheadByALease() {
    Claim claim = claim(30).orElseThrow();
    assertThat(claim(0)).isEmpty();
    store.jobs().giveBack(claim, at(130));
    assertThat(claim(0)).isEmpty();
  }
}
