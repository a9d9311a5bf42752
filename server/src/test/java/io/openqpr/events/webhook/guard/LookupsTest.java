package io.openqpr.events.webhook.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookupsTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final InetAddress[] FOUND = {InetAddress.ofLiteral("192.0.2.1")};

  private final CountDownLatch answered = new CountDownLatch(1);
  private final CountDownLatch taken = new CountDownLatch(Lookups.THREADS);
  private final AtomicInteger hanging = new AtomicInteger();
  private final Lookups lookups = new Lookups(this::resolve);

  private InetAddress[] resolve(String host) throws UnknownHostException {
    if (host.startsWith("hangs")) {
      hanging.incrementAndGet();
      taken.countDown();
      try {
        answered.await();
      } catch (InterruptedException e) {
        throw new UnknownHostException(host);
      }
    }
    return FOUND;
  }

  @AfterEach
  void close() {
    answered.countDown();
    lookups.close();
  }

  private void hang(String host) {
    assertThatThrownBy(() -> lookups.of(host, Duration.ofMillis(1)))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void namesThatNeverAnswerDoNotKeepOthersFromBeingKnown() throws Exception {
    lookups.of("good.example", LONG);
    for (int i = 0; i < Lookups.THREADS; i++) {
      hang("hangs-" + i + ".example");
    }
    taken.await();

    assertThat(lookups.of("good.example", LONG)).isEqualTo(FOUND);
  }

  @Test
  void aNameHasOneThreadHoweverOftenItIsAskedFor() throws Exception {
    for (int i = 0; i < 3 * Lookups.THREADS; i++) {
      hang("hangs.example");
    }

    assertThat(lookups.of("good.example", LONG)).isEqualTo(FOUND);
    assertThat(hanging.get()).isLessThanOrEqualTo(1);
  }
}
