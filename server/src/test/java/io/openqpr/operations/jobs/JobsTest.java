package io.openqpr.operations.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.ClockWatch;
import io.openqpr.platform.disk.Disk;
import io.openqpr.platform.job.Job;
import io.openqpr.storage.duckdb.DuckDbOptions;
import io.openqpr.storage.duckdb.DuckDbStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {

  @TempDir Path directory;
  private DuckDbStore store;
  private Instant now = Instant.parse("2026-03-20T00:00:00Z");
  private Duration uptime = Duration.ZERO;
  private int done;
  private boolean failing;

  private final Job hourly =
      Job.simple(
          "hourly",
          Duration.ofHours(1),
          () -> {
            if (failing) {
              throw new IllegalArgumentException("as the test wants");
            }
            done++;
          });

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @BeforeEach
  void open() {
    store =
        DuckDbStore.open(Disk.ofMachine(), directory.resolve("t.duckdb"), DuckDbOptions.defaults());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Jobs server(Job... jobs) {
    return Jobs.byHand(
        store.jobs(), List.of(jobs), clock, new ClockWatch(clock, () -> uptime.toNanos()));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    uptime = uptime.plus(time);
  }

  @Test
  void oneOfTheServersDoesWhatIsDue() {
    Jobs one = server(hourly);
    Jobs two = server(hourly);
    for (int hour = 1; hour <= 5; hour++) {
      one.doAllDue();
      two.doAllDue();
      one.doAllDue();
      assertThat(done).isEqualTo(hour);
      pass(Duration.ofHours(1));
    }
    assertThat(one.runs(hourly) + two.runs(hourly)).isEqualTo(5);
  }

  @Test
  void whatFailedIsTriedAgainAMinuteLaterByAnybody() {
    Jobs one = server(hourly);
    failing = true;
    one.doAllDue();
    assertThat(one.failures(hourly)).isEqualTo(1);
    failing = false;
    one.doAllDue();
    assertThat(done).isZero();

    pass(Duration.ofMinutes(1));
    Jobs two = server(hourly);
    two.doAllDue();
    assertThat(two.runs(hourly)).isEqualTo(1);
    assertThat(one.runs(hourly)).isZero();
  }

  @Test
  void whatGoesOnFailingIsTriedLessAndLessOftenUntilItWorks() {
    Jobs jobs = server(hourly);
    failing = true;
    for (int minute = 0; minute <= 24 * 60; minute++) {
      jobs.doAllDue();
      pass(Duration.ofMinutes(1));
    }
    // 1, 2, 4 … 32 minutes after each other, and every hour then.
    assertThat(jobs.failures(hourly)).isEqualTo(7 + 22);

    failing = false;
    pass(Duration.ofHours(1));
    jobs.doAllDue();
    failing = true;
    pass(Duration.ofHours(1));
    jobs.doAllDue();
    pass(Duration.ofMinutes(1));
    jobs.doAllDue();
    assertThat(jobs.failures(hourly)).as("a minute again").isEqualTo(7 + 22 + 2);
  }

  @Test
  void aLongJobKeepsItsLeaseFromStepToStep() {
    Job other = Job.simple("long", Duration.ofHours(1), () -> done += 100);
    Jobs two = server(other);
    Job inSteps =
        new Job(
            "long",
            Duration.ofHours(1),
            () -> {
              pass(Duration.ofMinutes(9));
              two.doAllDue();
              return ++done < 5;
            });
    Jobs one = server(inSteps);
    one.doAllDue();
    assertThat(done).isEqualTo(5);
    assertThat(one.runs(inSteps)).isEqualTo(1);
  }

  @Test
  void whoTookTooLongLeavesTheRestToWhoeverTookItOver() {
    Job quick = Job.simple("long", Duration.ofHours(1), () -> done += 100);
    Jobs two = server(quick);
    Job slow =
        new Job(
            "long",
            Duration.ofHours(1),
            () -> {
              pass(Duration.ofMinutes(11));
              two.doAllDue();
              done++;
              return true;
            });
    Jobs one = server(slow);
    one.doAllDue();
    assertThat(done).isEqualTo(101);
    assertThat(one.failures(slow)).isEqualTo(1);
    assertThat(two.runs(quick)).isEqualTo(1);
  }

  @Test
  void whatCannotBeTakenBackWaitsWhileTheClockIsSetWrong() {
    Job deletes = hourly.trustingClock();
    Jobs server = server(deletes);
    server.doAllDue();
    assertThat(done).isEqualTo(1);

    Instant right = now;
    now = now.plus(Duration.ofDays(3_650));
    server.doAllDue();
    now = right.plus(Duration.ofHours(1));
    server.doAllDue();
    assertThat(done).isEqualTo(1);

    pass(Duration.ofMinutes(59));
    server.doAllDue();
    assertThat(done).isEqualTo(1);
    pass(Duration.ofMinutes(1));
    server.doAllDue();
    assertThat(done).isEqualTo(2);
  }

  @Test
  void aServerThatStartsYearsLaterWaitsForAnHour() {
    Job deletes = hourly.trustingClock();
    server(deletes).doAllDue();
    pass(Duration.ofDays(3_650));
    Jobs later = server(deletes, Job.simple("harmless", Duration.ofHours(1), () -> done += 100));
    later.doAllDue();
    assertThat(done).isEqualTo(101);
    pass(Duration.ofHours(1));
    later.doAllDue();
    assertThat(done).isEqualTo(202);
  }

  @Test
  void afterAClockThatWasYearsAheadNobodyWaitsForYears() {
    now = now.plus(Duration.ofDays(3_650));
    server(hourly).doAllDue();
    now = now.minus(Duration.ofDays(3_650));
    server(hourly).doAllDue();
    assertThat(done).isEqualTo(2);
  }
}
