package io.openqpr.web.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstWaitTest {

  /// As when servers are started by virtual threads: those that are waited for need their carriers.
  @Test
  void virtualThreadsHoldNobodyUp() throws InterruptedException {
    List<Thread> starting = new ArrayList<>();
    for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
      starting.add(Thread.startVirtualThread(FirstWait::now));
    }
    for (Thread each : starting) {
      assertThat(each.join(Duration.ofSeconds(30))).isTrue();
    }
  }
}
