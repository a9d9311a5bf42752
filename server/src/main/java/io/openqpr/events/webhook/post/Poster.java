package io.openqpr.events.webhook.post;

import io.openqpr.events.webhook.guard.TargetGuard;
import io.openqpr.events.webhook.guard.TargetRefusedException;
import io.openqpr.events.webhook.guard.TargetUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;

/// Sends JSON to a target, on the caller's thread, and reads the beginning of the answer. Whatever
/// the other side does: it is over in time, from the name's lookup to the answer's last byte, and
/// holds no more than some kilobytes. Safe for any number of threads.
public final class Poster implements AutoCloseable {

  private final TargetGuard guard;
  private final Clock clock;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor timer;

  /// @param tls whom to trust
  /// @param connections at most
  public Poster(TargetGuard guard, SSLContext tls, Clock clock, int connections) {
    this.guard = guard;
    this.clock = clock;
    this.client = Client.build(guard, tls, connections);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
    timer.setRemoveOnCancelPolicy(true);
    // A thread that gives way would start one that does: that is no good for deadlines.
    timer.prestartCoreThread();
  }

  /// @param headers name and value alternate
  /// @param time for everything
  public Outcome post(String url, List<String> headers, PostBody body, Duration time)
      throws InterruptedException {
    TargetUrl target;
    try {
      target = guard.parse(url);
    } catch (TargetRefusedException e) {
      return refused(e, new Trace());
    }
    return post(target, headers, body, time);
  }

  /// As for its URL, which was parsed before.
  public Outcome post(TargetUrl target, List<String> headers, PostBody body, Duration time)
      throws InterruptedException {
    var trace = new Trace();
    try {
      List<InetAddress> addresses = guard.addresses(target, time);
      trace.named();
      return toOneOf(addresses, target, headers, body, time, trace);
    } catch (TargetRefusedException e) {
      return refused(e, trace);
    } catch (UnknownHostException e) {
      return Outcome.failed(
          Failure.DNS, "The host's name is not known, or the DNS does not answer.", trace);
    }
  }

  private static Outcome refused(TargetRefusedException e, Trace trace) {
    return Outcome.failed(Failure.TARGET_REFUSED, "The URL " + e.reason() + ".", trace);
  }

  /// The next where nobody accepts a connection.
  private Outcome toOneOf(
      List<InetAddress> addresses,
      TargetUrl target,
      List<String> headers,
      PostBody body,
      Duration time,
      Trace trace) {
    Outcome outcome = null;
    for (InetAddress address : addresses) {
      outcome = to(address, target, headers, body, time, trace);
      if (outcome.failure() != Failure.CONNECT) {
        return outcome;
      }
    }
    return outcome == null ? Outcome.failed(Failure.DNS, "It has no address.", trace) : outcome;
  }

  private Outcome to(
      InetAddress address,
      TargetUrl target,
      List<String> headers,
      PostBody body,
      Duration time,
      Trace trace) {
    String scheme = target.isSecure() ? "https" : "http";
    var host = new HttpHost(scheme, address, target.host(), target.port());
    while (true) {
      HttpPost request = request(target, headers, body);
      long left = trace.beganNanos() + time.toNanos() - System.nanoTime();
      Future<?> end =
          timer.schedule(
              () -> {
                trace.end();
                request.cancel();
              },
              left,
              TimeUnit.NANOSECONDS);
      try {
        return ScopedValue.where(Trace.CURRENT, trace).call(() -> exchange(host, request, trace));
      } catch (IOException | RuntimeException e) {
        boolean stale = !trace.isConnecting() && !trace.isAnswered() && Failures.isStale(e);
        if (!stale || trace.timeIsOver()) {
          return Failures.outcome(e, trace);
        }
        // A kept connection that the receiver had closed meanwhile: nothing was read by anybody.
      } finally {
        end.cancel(false);
      }
    }
  }

  private static HttpPost request(TargetUrl target, List<String> headers, PostBody body) {
    var request = new HttpPost(target.uri());
    for (int i = 0; i < headers.size(); i += 2) {
      request.addHeader(headers.get(i), headers.get(i + 1));
    }
    request.setEntity(body.entity());
    return request;
  }

  private Outcome exchange(HttpHost host, HttpPost request, Trace trace) throws IOException {
    ClassicHttpResponse response = client.executeOpen(host, request, null);
    boolean whole = false;
    try {
      trace.answered();
      AnswerBeginning answer = AnswerBeginning.read(response);
      whole = answer.isWhole();
      return answer.outcome(trace, clock.instant());
    } finally {
      if (!whole) {
        // Closing alone would read on to the end.
        request.cancel();
      }
      Closer.closeQuietly(response);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
