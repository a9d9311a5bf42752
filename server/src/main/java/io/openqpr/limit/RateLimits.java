package io.openqpr.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.openqpr.config.RateLimitSettings;
import io.openqpr.http.Filter;
import io.openqpr.http.Problem;
import io.openqpr.http.Problem.Kind;
import io.openqpr.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Requests a minute under `/v1/`, for each key (or address, without a key) and kind of request. A
/// minute begins with its first request and gives the whole number again when it is over. Every
/// answer under `/v1/` tells what is left.
public final class RateLimits implements Filter {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String PREFIX = "/v1/";

  /// Who sent something in the last minutes. When there are more, the least active start anew.
  private static final int REMEMBERED = 100_000;

  private static final int LONGEST_IDENTITY = 300;

  private final RateLimitSettings limits;
  private final Clock clock;
  private final Cache<Who, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterAccess(MINUTE.multipliedBy(2))
          .build();
  private final LongAdder refused = new LongAdder();

  public RateLimits(RateLimitSettings limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /// Requests refused with 429 since the start.
  public long refused() {
    return refused.sum();
  }

  private enum Group {
    CREATE_CODES,
    LIST_SCANS,
    ANALYTICS,
    OTHER
  }

  /// @param identity the key's text or the address; in memory only
  private record Who(Group group, String identity) {}

  @Override
  public Verdict judge(Request request) {
    String path = request.path();
    if (!path.startsWith(PREFIX)) {
      return Verdict.PASS;
    }
    Group group = group(request.method(), path);
    int limit = limitOf(group);
    ConsumptionProbe probe =
        buckets
            .get(new Who(group, identity(request)), who -> newBucket(limit))
            .tryConsumeAndReturnRemaining(1);
    List<String> headers = new ArrayList<>();
    headers.addAll(List.of("X-RateLimit-Limit", String.valueOf(limit)));
    headers.addAll(List.of("X-RateLimit-Remaining", String.valueOf(probe.getRemainingTokens())));
    long resetMillis = clock.millis() + probe.getNanosToWaitForReset() / 1_000_000;
    headers.addAll(List.of("X-RateLimit-Reset", String.valueOf(Math.ceilDiv(resetMillis, 1_000))));
    if (probe.isConsumed()) {
      return new Verdict(headers, Optional.empty());
    }
    refused.increment();
    long wait = Math.ceilDiv(probe.getNanosToWaitForRefill(), 1_000_000_000L);
    headers.addAll(List.of("Retry-After", String.valueOf(wait)));
    return new Verdict(
        headers,
        Optional.of(
            new Problem(
                Kind.TOO_MANY_REQUESTS,
                "Requests of this kind are limited to %d a minute for each key: send the next in %d s."
                    .formatted(limit, wait))));
  }

  private static Bucket newBucket(int limit) {
    return Bucket.builder()
        .addLimit(bandwidth -> bandwidth.capacity(limit).refillIntervally(limit, MINUTE))
        .build();
  }

  private static Group group(String method, String path) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (method.equals("POST") && path.equals("/v1/qpr-codes")) {
      return Group.CREATE_CODES;
    }
    if (reads && path.equals("/v1/scans")) {
      return Group.LIST_SCANS;
    }
    boolean ofCode = path.startsWith("/v1/qpr-codes/") && path.endsWith("/analytics");
    return reads && (ofCode || path.equals("/v1/analytics")) ? Group.ANALYTICS : Group.OTHER;
  }

  private int limitOf(Group group) {
    return switch (group) {
      case CREATE_CODES -> limits.createCodes();
      case LIST_SCANS -> limits.listScans();
      case ANALYTICS -> limits.analytics();
      case OTHER -> limits.other();
    };
  }

  /// The key is not checked here: a wrong one is limited as a right one is.
  private static String identity(Request request) {
    String key = request.header("Authorization").orElse("");
    if (key.isEmpty()) {
      return request.peer().getHostAddress();
    }
    return key.length() <= LONGEST_IDENTITY ? key : key.substring(0, LONGEST_IDENTITY);
  }
}
