package io.openqpr.demo;

import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes up who scans: places, devices, and now and then somebody who was here before.
final class People {

  private static final List<Place> PLACES =
      List.of(
          new Place("DE", "HH", "Hamburg"),
          new Place("DE", "BE", "Berlin"),
          new Place("DE", "BY", "Munich"),
          new Place("GB", "ENG", "London"),
          new Place("GB", "SCT", "Edinburgh"),
          new Place("DK", "84", "Copenhagen"),
          new Place("NL", "NH", "Amsterdam"),
          new Place("FR", "IDF", "Paris"),
          new Place("US", "CA", "San Francisco"),
          new Place("US", "NY", "New York"),
          new Place("SE", "AB", "Stockholm"),
          new Place("PL", "MZ", "Warsaw"),
          new Place("ES", "MD", "Madrid"),
          new Place("CH", "ZH", "Zurich"),
          new Place("JP", "13", "Tokyo"),
          Place.UNKNOWN);

  /// Of the most recent people, whom a returning one is drawn from.
  private static final int REMEMBERED = 2_000;

  private static final double RETURNING_SHARE = 0.18;

  private final RandomGenerator random;
  private final Person[] recent = new Person[REMEMBERED];
  private int met;

  People(RandomGenerator random) {
    this.random = random;
  }

  /// @param habits what their visits have in common
  record Person(long deviceKey, DeviceKind device, Place place, Habits habits) {}

  Person next() {
    if (met >= REMEMBERED && random.nextDouble() < RETURNING_SHARE) {
      return recent[random.nextInt(REMEMBERED)];
    }
    DeviceKind device = device();
    Place place = place();
    var person = new Person(random.nextLong(), device, place, Habits.of(device, place, random));
    recent[met++ % REMEMBERED] = person;
    return person;
  }

  private DeviceKind device() {
    double dice = random.nextDouble();
    return dice < 0.88
        ? DeviceKind.MOBILE
        : dice < 0.95 ? DeviceKind.TABLET : dice < 0.99 ? DeviceKind.DESKTOP : DeviceKind.UNKNOWN;
  }

  /// The first places are the likeliest.
  private Place place() {
    double skewed = Math.pow(random.nextDouble(), 2.2);
    return PLACES.get((int) (skewed * PLACES.size()));
  }
}
