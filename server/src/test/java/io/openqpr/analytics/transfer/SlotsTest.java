package io.openqpr.analytics.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotsTest {

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
