package io.openqpr.operations.jobs;

import static java.util.Objects.requireNonNull;

import io.openqpr.platform.ClockWatch;
import io.openqpr.platform.DurableThread;
import io.openqpr.platform.Episode;
import io.openqpr.platform.job.Job;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.store.JobStore;
import io.openqpr.storage.store.JobStore.Claim;
import io.openqpr.storage.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One thread does the jobs that are due and that no other server does, one after the other.
public final class Jobs implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Jobs.class.getName());

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /// How long a step may take before another server may take the job.
  private static final Duration LEASE = Duration.ofMinutes(10);

  /// After which a job that failed is tried again; twice as long each time that it fails again.
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final JobStore store;
  private final List<Job> jobs;
  private final Clock clock;
  private final ClockWatch watch;
  private final Map<String, Outcomes> outcomes = new HashMap<>();

  /// Jobs that wait for the clock, with the time that the store knows.
  private final Map<Job, Instant> unbelieved = new HashMap<>();

  private final Episode clockIsSet =
      new Episode(
          LOG,
          Level.WARNING,
          "the clock was set, or is far ahead of what the store knows",
          "the clock is believed again");
  private volatile boolean closing;
  private @Nullable DurableThread thread;

  private Jobs(JobStore store, List<Job> jobs, Clock clock, ClockWatch watch) {
    this.store = store;
    this.jobs = List.copyOf(jobs);
    this.clock = clock;
    this.watch = watch;
    jobs.forEach(job -> outcomes.put(job.name(), Outcomes.of(job)));
  }

  /// Since the start of this server.
  private record Outcomes(
      LongAdder runs, LongAdder failures, AtomicInteger inARow, Episode trouble) {

    static Outcomes of(Job job) {
      String name = "job " + job.name();
      var trouble =
          new Episode(
              LOG, Level.WARNING, name + " failed and is tried again", name + " is done again");
      return new Outcomes(new LongAdder(), new LongAdder(), new AtomicInteger(), trouble);
    }

    /// What needs a disk's room, or much work before it fails, must not do so every minute.
    Duration pause() {
      long minutes = PAUSE_AFTER_FAILURE.toMinutes() << Math.min(inARow.getAndIncrement(), 10);
      return Duration.ofMinutes(Math.min(minutes, LONGEST_PAUSE.toMinutes()));
    }
  }

  public static Jobs start(JobStore store, List<Job> jobs, Clock clock, ClockWatch watch) {
    Jobs started = new Jobs(store, jobs, clock, watch);
    started.thread = DurableThread.every(BETWEEN_LOOKS, "jobs", started::doAllDue);
    return started;
  }

  /// Whose jobs are done when somebody calls [#doAllDue].
  static Jobs byHand(JobStore store, List<Job> jobs, Clock clock, ClockWatch watch) {
    return new Jobs(store, jobs, clock, watch);
  }

  /// How often this server did each job to its end, and how often one failed here, or took so long
  /// that another server took it.
  public List<Counter> counters() {
    var counters = new ArrayList<Counter>();
    for (Job job : jobs) {
      String help = "Jobs that this server did, by job.";
      counters.add(new Counter("openqpr_job_runs_total", label(job), help, () -> runs(job)));
    }
    for (Job job : jobs) {
      String help = "Jobs that failed on this server and are tried again, by job.";
      counters.add(
          new Counter("openqpr_job_failures_total", label(job), help, () -> failures(job)));
    }
    return counters;
  }

  private static String label(Job job) {
    return "job=\"" + job.name() + "\"";
  }

  long runs(Job job) {
    return of(job).runs().sum();
  }

  long failures(Job job) {
    return of(job).failures().sum();
  }

  private Outcomes of(Job job) {
    return requireNonNull(outcomes.get(job.name()));
  }

  void doAllDue() {
    watch.look();
    for (Job job : jobs) {
      if (closing) {
        return;
      }
      if (mustWait(job)) {
        continue;
      }
      try {
        store
            .claim(job.name(), clock.instant(), job.every(), LEASE)
            .ifPresent(claim -> attempt(job, claim));
      } catch (StoreException e) {
        // The store is away; what is due stays due.
        LOG.log(Level.DEBUG, "job {0} is not looked at: {1}", job.name(), e.getMessage());
      }
    }
  }

  private void attempt(Job job, Claim claim) {
    if (job.trustsClock() && !watch.isBelieved(claim.dueAt())) {
      unbelieved.put(job, claim.dueAt());
      clockIsSet.begin("what is old is not deleted until it has been steady for an hour");
      store.giveBack(claim, claim.dueAt());
      return;
    }
    Outcomes seen = of(job);
    try {
      switch (stepped(job, claim)) {
        case DONE -> {
          store.giveBack(claim, clock.instant().plus(job.every()));
          seen.runs().increment();
          seen.inARow().set(0);
          seen.trouble().end();
        }
        case STOPPED -> store.giveBack(claim, clock.instant());
        case LOST -> seen.failures().increment();
      }
    } catch (RuntimeException e) {
      seen.failures().increment();
      boolean expected = e instanceof StoreException s && s.kind() != StoreException.Kind.BROKEN;
      if (expected) {
        seen.trouble().begin(String.valueOf(e.getMessage()));
      } else {
        seen.trouble().begin(e);
      }
      store.giveBack(claim, clock.instant().plus(seen.pause()));
    }
  }

  private boolean mustWait(Job job) {
    Instant known = unbelieved.get(job);
    if (known == null) {
      return false;
    }
    if (watch.isBelieved(known)) {
      unbelieved.remove(job);
      clockIsSet.end();
      return false;
    }
    return true;
  }

  private enum Ending {
    DONE,
    /// This server is closed.
    STOPPED,
    /// A step took so long that another server has the job.
    LOST
  }

  private Ending stepped(Job job, Claim claim) {
    while (job.work().step()) {
      if (closing) {
        return Ending.STOPPED;
      }
      if (!store.extend(claim, clock.instant(), LEASE)) {
        return Ending.LOST;
      }
    }
    return Ending.DONE;
  }

  /// Waits for the step that runs.
  @Override
  public void close() {
    closing = true;
    if (thread != null) {
      thread.close();
    }
  }
}
