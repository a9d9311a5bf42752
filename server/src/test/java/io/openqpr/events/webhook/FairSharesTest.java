package io.openqpr.events.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.events.webhook.FairShares.Seat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class FairSharesTest {

  private static final int MOST = 1_000;
  private static final int CONCURRENCY = 10;
  private static final long BYTES = 2 << 20;
  private static final long SMALL = 1_500;

  private final FairShares shares = new FairShares(MOST, BYTES);
  private final List<Seat> called = new ArrayList<>();

  private Seat seat(boolean silent) {
    var seat = new Seat[1];
    seat[0] = shares.seat(silent, () -> called.add(seat[0]));
    return seat[0];
  }

  private List<Seat> seats(int count) {
    return IntStream.range(0, count).mapToObj(_ -> seat(false)).toList();
  }

  /// One whose receiver is known to answer.
  private Seat answering() {
    Seat seat = seat(false);
    assertThat(shares.take(seat, SMALL)).isTrue();
    shares.giveBack(seat, SMALL, true);
    return seat;
  }

  /// As many as it gets, up to so many.
  private int takeAll(Seat seat, int most) {
    int taken = 0;
    while (taken < most && shares.take(seat, SMALL)) {
      taken++;
    }
    return taken;
  }

  @Test
  void whatNeverAnsweredTakesNoMoreThanItsProbes() {
    int taken = seats(150).stream().mapToInt(seat -> takeAll(seat, CONCURRENCY)).sum();

    assertThat(taken).isEqualTo(150 * FairShares.PROBES);
  }

  @Test
  void threeHundredThatHangLeaveRoom() {
    seats(300).forEach(seat -> assertThat(takeAll(seat, CONCURRENCY)).isPositive());

    assertThat(shares.used()).isLessThanOrEqualTo(MOST * 7 / 10);
    assertThat(takeAll(seat(false), 1)).isEqualTo(1);
  }

  @Test
  void threeHundredThatAnsweredUntilNowLeaveRoomWhenTheyHang() {
    List<Seat> good = IntStream.range(0, 300).mapToObj(_ -> answering()).toList();
    Seat neighbour = answering();

    good.forEach(seat -> assertThat(takeAll(seat, CONCURRENCY)).isPositive());
    assertThat(shares.used()).isLessThanOrEqualTo(MOST * 7 / 10);
    assertThat(takeAll(neighbour, CONCURRENCY)).isPositive();

    // And when the first of them were not answered in time, there is room for more than one each.
    good.forEach(seat -> shares.giveBack(seat, SMALL, false));
    assertThat(takeAll(neighbour, CONCURRENCY)).isPositive();
  }

  @Test
  void oneAloneHasAllThatItMayHave() {
    assertThat(takeAll(answering(), CONCURRENCY)).isEqualTo(CONCURRENCY);
  }

  @Test
  void allThatDoNotAnswerHaveAPartTogether() {
    int taken = 0;
    for (int i = 0; i < 2_000; i++) {
      taken += takeAll(seat(true), CONCURRENCY);
    }

    assertThat(taken).isEqualTo(MOST * 3 / 10);
    assertThat(takeAll(answering(), CONCURRENCY)).isEqualTo(CONCURRENCY);
    assertThat(takeAll(seat(false), 1)).isEqualTo(1);
  }

  @Test
  void largeBodiesOfThoseWhoDoNotAnswerLeaveBytesForOthers() {
    for (int i = 0; i < 100; i++) {
      Seat silent = seat(true);
      while (shares.take(silent, BYTES / 8)) {
        assertThat(shares.used()).isLessThan(100);
      }
    }

    assertThat(shares.take(answering(), SMALL)).isTrue();
  }

  @Test
  void whoeverAnswersAgainIsTrustedAgain() {
    Seat seat = answering();
    takeAll(seat, CONCURRENCY);
    shares.giveBack(seat, SMALL, false);
    assertThat(takeAll(seat, 1)).isZero();
    for (int i = 1; i < CONCURRENCY; i++) {
      shares.giveBack(seat, SMALL, i == CONCURRENCY - 1);
    }

    assertThat(takeAll(seat, CONCURRENCY)).isEqualTo(CONCURRENCY);
  }

  @Test
  void callsInTheOrderOfAskingAndPassesOnWhatIsNotTaken() {
    List<Seat> all = seats(MOST);
    all.forEach(seat -> assertThat(shares.take(seat, 1)).isTrue());
    List<Seat> late = seats(3);
    late.forEach(seat -> assertThat(shares.take(seat, 1)).isFalse());

    shares.giveBack(all.getFirst(), 1, true);

    // None of them takes it: each is called once, in turn.
    assertThat(called).isEqualTo(late);
    assertThat(shares.waiting()).isZero();
  }

  @Test
  void aLargeBodyIsNotPassedForEver() {
    List<Seat> small = IntStream.range(0, 10).mapToObj(_ -> answering()).toList();
    small.forEach(seat -> assertThat(shares.take(seat, BYTES / 11)).isTrue());
    Seat large = seat(false);

    assertThat(shares.take(large, BYTES)).isFalse();
    assertThat(shares.take(seat(false), SMALL)).isFalse();
    shares.giveBack(small.get(1), BYTES / 11, true);

    assertThat(called.getFirst()).isSameAs(large);
  }

  @RepeatedTest(20)
  void everythingIsSentInTheEnd(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var few = new FairShares(random.nextInt(1, 60), 100_000);
    var work = new HashMap<Seat, Integer>();
    var underWay = new ArrayList<Map.Entry<Seat, Long>>();
    for (int i = 0; i < 100; i++) {
      var seat = new Seat[1];
      seat[0] = few.seat(random.nextBoolean(), () -> go(few, seat[0], work, underWay, random));
      work.put(seat[0], random.nextInt(1, 30));
    }
    work.keySet().stream().toList().forEach(seat -> go(few, seat, work, underWay, random));

    while (!underWay.isEmpty()) {
      var ended = underWay.remove(random.nextInt(underWay.size()));
      few.giveBack(ended.getKey(), ended.getValue(), random.nextInt(3) > 0);
      go(few, ended.getKey(), work, underWay, random);
    }

    assertThat(work.values()).containsOnly(0);
    assertThat(few.used()).isZero();
  }

  private static void go(
      FairShares shares,
      Seat seat,
      Map<Seat, Integer> work,
      List<Map.Entry<Seat, Long>> underWay,
      Random random) {
    long length = random.nextInt(60_000);
    while (work.get(seat) > 0 && shares.take(seat, length)) {
      work.merge(seat, -1, Integer::sum);
      underWay.add(Map.entry(seat, length));
      length = random.nextInt(60_000);
    }
  }
}
