package io.openqpr.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

  private static final int KIB = 1 << 10;

  @Test
  void whoeverFindsNoRoomInTimeIsRefusedAndCounted() {
    var budget = new ByteBudget("test", 10 * KIB, Duration.ofMillis(1));
    var one = budget.open();
    var other = budget.open();
    assertThat(one.add(7 * KIB)).isTrue();
    assertThat(other.add(4 * KIB)).isFalse();
    assertThat(other.add(3 * KIB)).isTrue();
    assertThat(budget.refused()).isEqualTo(1);
    one.lowerTo(KIB);
    assertThat(other.add(6 * KIB)).isTrue();
    one.close();
    one.close();
    other.close();
    assertThat(budget.open().add(10 * KIB)).isTrue();
  }

  @Test
  void whoeverWaitsGetsWhatAnotherGivesBack() {
    var budget = new ByteBudget("test", 10 * KIB, Duration.ofMinutes(1));
    var one = budget.open();
    one.add(10 * KIB);
    var waiting =
        CompletableFuture.supplyAsync(() -> {
          try (var other = budget.open()) {
            return other.add(5 * KIB);
          }
        });
    one.close();
    assertThat(waiting.join()).isTrue();
  }

  @Test
  void whatIsMoreThanAllTakesAllAndIsAlone() {
    var budget = new ByteBudget("test", 10 * KIB, Duration.ofMillis(1));
    var one = budget.open();
    assertThat(one.add(1_000 * KIB)).isTrue();
    assertThat(budget.open().add(1)).isFalse();
    assertThat(one.add(1_000 * KIB)).as("it has all already").isTrue();
  }
}
