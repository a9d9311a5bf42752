package io.openqpr.events.webhook.post;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ParseException;

/// What an exception of the library means. The texts are our own: theirs name addresses.
final class Failures {

  private Failures() {}

  /// Whether a kept connection had ended, so that a new one may do.
  static boolean isStale(Exception e) {
    return e instanceof NoHttpResponseException
        || e instanceof SocketException
        || e instanceof ConnectionClosedException
        || e instanceof SSLException;
  }

  static Outcome outcome(Exception e, Trace trace) {
    if (trace.timeIsOver()) {
      return Outcome.failed(Failure.TIMEOUT, late(trace), trace);
    }
    return switch (e) {
      case GuardedSockets.RefusedPeerException _ ->
          Outcome.failed(
              Failure.TARGET_REFUSED,
              "The URL has a host whose address is set aside; nothing was sent.",
              trace);
      case SSLException tls when trace.isConnected() && !trace.isSecured() ->
          Outcome.failed(Failure.TLS, untrusted(tls), trace);
      case MessageConstraintException _ ->
          Outcome.failed(Failure.PROTOCOL, "The answer has too many or too long headers.", trace);
      case ClientProtocolException _, MalformedChunkCodingException _ -> odd(trace);
      case ConnectException _, NoRouteToHostException _ ->
          Outcome.failed(Failure.CONNECT, "Nobody accepts connections at the port.", trace);
      case IOException _ when hasCause(e, ParseException.class) -> odd(trace);
      case IOException _ when trace.isConnected() || trace.isAnswered() ->
          Outcome.failed(Failure.CLOSED, "The connection ended before the answer did.", trace);
      case IOException _ -> Outcome.failed(Failure.CONNECT, "No connection came about.", trace);
      default -> Outcome.failed(Failure.CLOSED, "The request was broken off.", trace);
    };
  }

  private static Outcome odd(Trace trace) {
    return Outcome.failed(Failure.PROTOCOL, "What came back is no HTTP/1.1 answer.", trace);
  }

  private static String late(Trace trace) {
    if (trace.isAnswered()) {
      return "The time was over before the answer ended.";
    }
    return trace.isConnected()
        ? "The time was over before an answer came."
        : "The time was over before a connection came about.";
  }

  private static String untrusted(SSLException e) {
    if (hasCause(e, CertificateExpiredException.class)) {
      return "The certificate has expired.";
    }
    if (hasCause(e, CertificateNotYetValidException.class)) {
      return "The certificate is not valid yet.";
    }
    if (e instanceof SSLPeerUnverifiedException) {
      return "The certificate is for another name.";
    }
    if (hasCause(e, CertPathBuilderException.class)) {
      return "The certificate is of nobody who is trusted here.";
    }
    return "No TLS connection came about.";
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
