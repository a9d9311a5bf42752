package io.openqpr.web.limit;

import io.openqpr.platform.job.Job;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.store.RequestCounts;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.ClientAddress;
import io.openqpr.web.http.Filter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The filter that limits requests, where the settings want one.
public final class LimitRoom implements Room {

  private final RequestCounts counts;
  private final @Nullable RateLimits limits;

  public LimitRoom(Ground ground, KnownKeys keys) {
    counts = ground.store().requestCounts();
    var settings = ground.settings().rateLimits();
    byte[] secret = ground.secret().keyFor("request counts");
    var sender = new Sender(secret, new ClientAddress(ground.settings().trustedProxies()), keys);
    limits = settings == null ? null : RateLimits.open(settings, counts, sender, ground.clock());
  }

  /// Looks at every request first.
  public Filter filter() {
    return limits == null ? request -> Filter.Verdict.PASS : limits;
  }

  @Override
  public List<Counter> counters() {
    return limits == null ? List.of() : limits.counters();
  }

  @Override
  public List<Job> jobs() {
    return List.of(Job.simple("request-counts", Duration.ofMinutes(5), counts::forgetOver));
  }

  @Override
  public void close() {
    if (limits != null) {
      limits.close();
    }
  }
}
