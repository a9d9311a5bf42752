package io.openqpr.analytics.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.analytics.transfer.Patience.StalledException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PatienceTest {

  @Test
  void whoeverSendsNothingIsBrokenOff() throws Exception {
    try (var patience = new Patience();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var silent = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket socket = server.accept()) {
      var in = socket.getInputStream();
      var end =
          threads.submit(() ->
              assertThatThrownBy(() -> patience.within(Duration.ofMillis(50), in::read))
                  .isInstanceOf(StalledException.class));
      end.get();
      assertThat(silent.isConnected()).isTrue();
      assertThat(patience.ended()).isEqualTo(1);
    }
  }

  @Test
  void whoeverComesInTimeIsNotInterruptedLater() throws Exception {
    try (var patience = new Patience()) {
      for (int i = 0; i < 1_000; i++) {
        assertThat(patience.within(Duration.ofSeconds(30), () -> 7)).isEqualTo(7);
      }
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(patience.ended()).isZero();
    }
  }

  @Test
  void noneGetsMoreSlotsThanAreTheirsOrThere() {
    var slots = new Slots(3, 2);
    assertThat(slots.take("a")).isEqualTo(Slots.Outcome.TAKEN);
    assertThat(slots.take("a")).isEqualTo(Slots.Outcome.TAKEN);
    assertThat(slots.take("a")).isEqualTo(Slots.Outcome.ENOUGH_FOR_ONE);
    assertThat(slots.take("b")).isEqualTo(Slots.Outcome.TAKEN);
    assertThat(slots.take("b")).isEqualTo(Slots.Outcome.ALL_TAKEN);
    slots.giveBack("a");
    assertThat(slots.take("b")).isEqualTo(Slots.Outcome.TAKEN);
    assertThat(slots.refused()).isEqualTo(2);
  }
}
