package io.openqpr.demo;

import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.IdMaker;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes up scans and conversations of the sample codes, by their rhythm of day and week and their
/// campaigns.
final class SampleScans {

  /// Where hotel, festival and clinic are: their days and nights are this zone's.
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private final IdMaker ids;
  private final RandomGenerator random;
  private final People people;
  private final Bots bots;

  SampleScans(IdMaker ids, RandomGenerator random) {
    this.ids = ids;
    this.random = random;
    this.people = new People(random);
    this.bots = new Bots(random);
  }

  /// A scan, and what its conversation came to.
  ///
  /// @param bot that came by at the same time; `null` mostly
  record Visit(Scan scan, Conversation conversation, @Nullable IgnoredHit bot) {

    Event captured() {
      return new Event.ScanCaptured(scan);
    }

    Optional<Event> ignored() {
      return Optional.ofNullable(bot).map(Event.HitIgnored::new);
    }

    Optional<Event> reported() {
      return conversation.started()
          ? Optional.of(
              new Event.ConversationReported(
                  scan.id(),
                  scan.code().account(),
                  scan.code().number(),
                  scan.scannedAt().toEpochMilli(),
                  conversation,
                  // A message or so a minute.
                  scan.scannedAt().toEpochMilli() + 45_000L * conversation.messages()))
          : Optional.empty();
    }
  }

  /// All visits of one code over the last days, in order of time, none later than `now`.
  List<Visit> history(SampleCode sample, QprCode code, int days, Instant now) {
    LocalDate today = now.atZone(ZONE).toLocalDate();
    var visits = new ArrayList<Visit>();
    for (int daysAgo = days; daysAgo >= 0; daysAgo--) {
      LocalDate day = today.minusDays(daysAgo);
      long count = Math.round(expected(sample, day, daysAgo) * (0.85 + 0.3 * random.nextDouble()));
      for (long i = 0; i < count; i++) {
        Instant time = momentOf(day, sample.rhythm().hours());
        if (time.isBefore(now)) {
          visits.add(visit(sample, code, time));
        }
      }
    }
    visits.sort(Comparator.comparing(visit -> visit.scan().scannedAt()));
    return visits;
  }

  /// One visit at this moment.
  Visit visit(SampleCode sample, QprCode code, Instant time) {
    return new Visit(
        scan(code, time), conversation(sample), bots.comesNow() ? bots.at(scan(code, time)) : null);
  }

  private Scan scan(QprCode code, Instant time) {
    People.Person person = people.next();
    return new Scan(
        ids.scanAt(time),
        code.ref(),
        time,
        person.place(),
        person.device(),
        person.deviceKey(),
        Conversation.NONE,
        person.habits().details(random),
        code.metadata());
  }

  private static double expected(SampleCode sample, LocalDate day, int daysAgo) {
    boolean weekend =
        day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    double rhythm = weekend ? sample.rhythm().weekend() : 1;
    return sample.scansADay() * rhythm * campaign(sample.peakDaysAgo(), daysAgo);
  }

  /// A campaign swells over a week, peaks at six times the usual, and ebbs away.
  private static double campaign(int peakDaysAgo, int daysAgo) {
    if (peakDaysAgo < 0) {
      return 1;
    }
    double distance = (daysAgo - peakDaysAgo) / 3.0;
    return 0.5 + 5.5 * Math.exp(-distance * distance);
  }

  private Instant momentOf(LocalDate day, int[] hourWeights) {
    int sum = 0;
    for (int weight : hourWeights) {
      sum += weight;
    }
    int dice = random.nextInt(sum);
    int hour = 0;
    while (dice >= hourWeights[hour]) {
      dice -= hourWeights[hour++];
    }
    return day.atStartOfDay(ZONE)
        .plusHours(hour)
        .plusSeconds(random.nextInt(3600))
        .plusNanos(random.nextInt(1000) * 1_000_000L)
        .toInstant();
  }

  private Conversation conversation(SampleCode sample) {
    if (random.nextDouble() >= sample.conversationShare()) {
      return Conversation.NONE;
    }
    // Geometric: most conversations are short, a few are long.
    int messages = 1 + (int) (-sample.meanMessages() * Math.log(1 - random.nextDouble()));
    boolean completed = random.nextDouble() < 0.7;
    return new Conversation(
        completed ? Conversation.Status.COMPLETED : Conversation.Status.OPEN, messages);
  }
}
