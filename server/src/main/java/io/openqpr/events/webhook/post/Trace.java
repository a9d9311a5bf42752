package io.openqpr.events.webhook.post;

import io.openqpr.storage.store.Attempt.Phases;
import java.util.concurrent.TimeUnit;

/// How far one request is, and since when. Written by the thread that sends, but for the end of its
/// time.
final class Trace {

  /// That of the request this thread sends.
  static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

  private final long began = System.nanoTime();
  private long dns = -1;
  private boolean connecting;
  private long connect = -1;
  private long tls = -1;
  private long firstByte = -1;
  private volatile boolean timeIsOver;

  private long now() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
  }

  long beganNanos() {
    return began;
  }

  void named() {
    dns = now();
  }

  void connecting() {
    connecting = true;
  }

  void connected() {
    connect = now();
  }

  void secured() {
    tls = now();
  }

  void answered() {
    firstByte = now();
  }

  void end() {
    timeIsOver = true;
  }

  boolean timeIsOver() {
    return timeIsOver;
  }

  /// Whether it takes no connection that was kept.
  boolean isConnecting() {
    return connecting;
  }

  boolean isConnected() {
    return connect >= 0;
  }

  boolean isSecured() {
    return tls >= 0;
  }

  boolean isAnswered() {
    return firstByte >= 0;
  }

  Phases phases() {
    return new Phases(dns, connect, tls, firstByte, now());
  }
}
