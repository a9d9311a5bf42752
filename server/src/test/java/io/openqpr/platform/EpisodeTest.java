package io.openqpr.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.Logbook;
import java.lang.System.Logger.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EpisodeTest {

  private final Logbook log = new Logbook();
  private final Episode tap =
      new Episode(System.getLogger("tap"), Level.WARNING, "the tap is dry", "the tap runs again");

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void tellsTheBeginningAndTheEndOnceEach() {
    tap.begin("a pipe burst");
    tap.begin("another burst");
    assertThat(tap.lasts()).isTrue();
    tap.end();
    tap.end();

    assertThat(tap.lasts()).isFalse();
    assertThat(log.entries())
        .containsExactly("the tap is dry: a pipe burst", "the tap runs again, after 0 s");
  }

  @Test
  void canComeBack() {
    tap.begin("one");
    tap.end();
    tap.begin("two");

    assertThat(log.entriesWith("is dry"))
        .containsExactly("the tap is dry: one", "the tap is dry: two");
  }

  @Test
  void saysNothingOfAnEndWithoutABeginning() {
    tap.end();

    assertThat(log.entries()).isEmpty();
  }

  @Test
  void tellsWhereTheUnexpectedHappened() {
    tap.begin(new IllegalStateException("no pipe"));

    assertThat(log.entries())
        .singleElement()
        .asString()
        .startsWith("the tap is dry\n")
        .contains("no pipe", "at " + EpisodeTest.class.getName());
  }
}
