package io.openqpr.web.limit;

import io.openqpr.platform.config.RateLimitSettings;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.store.LocalCounts;
import io.openqpr.storage.store.RequestCounts;
import io.openqpr.storage.store.RequestCounts.Count;
import io.openqpr.web.http.Filter;
import io.openqpr.web.http.Problem;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Requests a minute under `/v1/`, for each [Sender] and kind of request. A minute begins with its
/// first request and gives the whole number again when it is over. Every answer under `/v1/` tells
/// what is left.
final class RateLimits implements Filter, AutoCloseable {

  private static final String BREAKDOWN = "/analytics/breakdown";

  private static final String PREFIX = "/v1/";

  private final RateLimitSettings limits;
  private final RequestCounting counting;
  private final Sender sender;
  private final Clock clock;
  private final LongAdder refused = new LongAdder();
  private final LongAdder wrongKeys = new LongAdder();

  private RateLimits(
      RateLimitSettings limits, RequestCounting counting, Sender sender, Clock clock) {
    this.limits = limits;
    this.counting = counting;
    this.sender = sender;
    this.clock = clock;
  }

  static RateLimits open(
      RateLimitSettings limits, RequestCounts counts, Sender sender, Clock clock) {
    RequestCounting counting =
        counts instanceof LocalCounts local
            ? new RequestCounting.Local(local)
            : new SharedCounting(counts, new LocalCounts(System::nanoTime));
    return new RateLimits(limits, counting, sender, clock);
  }

  List<Counter> counters() {
    return List.of(
        new Counter("openqpr_rate_limited_total", "Requests refused with 429.", refused::sum),
        new Counter(
            "openqpr_wrong_keys_refused_total",
            "Requests refused unlooked: too many keys that do not exist came from their address.",
            wrongKeys::sum),
        new Counter(
            "openqpr_rate_limits_alone_total",
            "Requests that this server counted alone: the shared counts did not answer in time.",
            counting::alone));
  }

  @Override
  public void close() {
    counting.close();
  }

  private enum Group {
    CREATE_CODES,
    LIST_SCANS,
    ANALYTICS,
    OTHER
  }

  @Override
  public Verdict judge(Request request) {
    String path = request.path();
    if (!path.startsWith(PREFIX)) {
      return Verdict.PASS;
    }
    Group group = group(request.method(), path);
    int limit = limitOf(group);
    Optional<Sender.Known> known = sender.of(request);
    if (known.isEmpty()) {
      return refuseGuessing();
    }
    Count count = counting.next(sender.count(known.get(), group.name()), limit);
    List<String> headers = headers(limit, limit - count.used(), count.left());
    if (count.used() <= limit) {
      return new Verdict(headers, Optional.empty());
    }
    long wait = Math.ceilDiv(count.left().toNanos(), 1_000_000_000L);
    return refuse(
        headers,
        wait,
        "Requests of this kind are limited to %d a minute for each key: send the next in %d s."
            .formatted(limit, wait));
  }

  private Verdict refuseGuessing() {
    wrongKeys.increment();
    long wait = RequestCounts.MINUTE.toSeconds();
    return refuse(
        headers(Sender.WRONG_KEYS, 0, RequestCounts.MINUTE),
        wait,
        "From this address came %d API keys within a minute that are not known here: check the key, and send the next request in %d s."
            .formatted(Sender.WRONG_KEYS, wait));
  }

  /// What every answer under `/v1/` tells.
  private List<String> headers(int limit, long remaining, Duration untilReset) {
    long reset = Math.ceilDiv(clock.millis() + untilReset.toMillis(), 1_000);
    return new ArrayList<>(
        List.of(
            "X-RateLimit-Limit",
            String.valueOf(limit),
            "X-RateLimit-Remaining",
            String.valueOf(Math.max(0, remaining)),
            "X-RateLimit-Reset",
            String.valueOf(reset)));
  }

  private Verdict refuse(List<String> headers, long wait, String why) {
    refused.increment();
    headers.addAll(List.of("Retry-After", String.valueOf(wait)));
    return new Verdict(headers, Optional.of(new Problem(Kind.TOO_MANY_REQUESTS, why)));
  }

  private static Group group(String method, String path) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (method.equals("POST") && path.equals("/v1/qpr-codes")) {
      return Group.CREATE_CODES;
    }
    if (reads && path.equals("/v1/scans")) {
      return Group.LIST_SCANS;
    }
    String of = path.endsWith(BREAKDOWN) ? path.substring(0, path.lastIndexOf('/')) : path;
    boolean ofCode = path.startsWith("/v1/qpr-codes/") && of.endsWith("/analytics");
    return reads && (ofCode || of.equals("/v1/analytics")) ? Group.ANALYTICS : Group.OTHER;
  }

  private int limitOf(Group group) {
    return switch (group) {
      case CREATE_CODES -> limits.createCodes();
      case LIST_SCANS -> limits.listScans();
      case ANALYTICS -> limits.analytics();
      case OTHER -> limits.other();
    };
  }
}
