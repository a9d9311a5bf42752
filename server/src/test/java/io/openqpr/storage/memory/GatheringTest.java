package io.openqpr.storage.memory;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private final List<Collection<String>> questions = new ArrayList<>();
  private final CountDownLatch firstAsked = new CountDownLatch(1);
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);

  private final Gathering<String> gathering = new Gathering<>(this::ask, "none");

  private Map<String, String> ask(Collection<String> keys) {
    questions.add(List.copyOf(keys));
    if (keys.contains("first")) {
      firstAsked.countDown();
      await(firstMayEnd);
    }
    if (keys.contains("broken")) {
      throw new StoreException(Kind.UNAVAILABLE, "away");
    }
    return keys.stream().filter(key -> !key.startsWith("no")).collect(toMap(k -> k, k -> k + "!"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoeverAsksMeanwhileIsAnsweredByOneQuestion() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> first = threads.submit(() -> gathering.of("first"));
      firstAsked.await();
      var others = new ArrayList<Future<String>>();
      var running = new ArrayList<Thread>();
      for (int i = 0; i < 200; i++) {
        String key = i % 2 == 0 ? "no" + i : "k" + i;
        others.add(
            threads.submit(() -> {
              synchronized (running) {
                running.add(Thread.currentThread());
              }
              return gathering.of(key);
            }));
      }
      while (!allWait(running, 200)) {
        Thread.onSpinWait();
      }
      firstMayEnd.countDown();

      assertThat(first.get()).isEqualTo("first!");
      for (int i = 0; i < 200; i++) {
        assertThat(others.get(i).get()).isEqualTo(i % 2 == 0 ? "none" : "k" + i + "!");
      }
      assertThat(questions).hasSize(2);
      assertThat(questions.get(1)).hasSize(200);
    }
  }

  private static boolean allWait(List<Thread> threads, int count) {
    synchronized (threads) {
      return threads.size() == count
          && threads.stream().allMatch(t -> t.getState() == Thread.State.TIMED_WAITING);
    }
  }

  @Test
  void aFailureIsToldToAllWhoWaitedForIt() {
    assertThatThrownBy(() -> gathering.of("broken"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    assertThat(gathering.of("k")).isEqualTo("k!");
  }
}
