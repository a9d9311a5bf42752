package io.openqpr.web.http;

import io.openqpr.model.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the address of the person's device behind proxies.
///
/// `X-Forwarded-For` is believed only as far as trusted proxies wrote it: read from right to left,
/// the first address that is no trusted proxy is the client. Whatever stands further left was sent
/// by the client itself and could be anything.
///
/// RFC 7239's `Forwarded` is read alike, but only where no `X-Forwarded-For` names anybody: nearly
/// all proxies write that one, and many let a `Forwarded` of the client's own making pass.
public final class ClientAddress {

  private static final int LONGEST_ADDRESS = 64;

  private final List<Cidr> trustedProxies;

  public ClientAddress(List<Cidr> trustedProxies) {
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  /// @param peer who opened the connection
  /// @param forwardedFor all `X-Forwarded-For` headers, in the order they came
  /// @param forwarded all `Forwarded` headers, in the order they came
  public InetAddress of(InetAddress peer, List<String> forwardedFor, List<String> forwarded) {
    InetAddress nearest = peer;
    if (!isTrusted(peer)) {
      return nearest;
    }
    List<String> hops = elements(forwardedFor);
    if (hops.isEmpty()) {
      hops = Forwarded.hops(forwarded);
    }
    for (int i = hops.size() - 1; i >= 0 && isTrusted(nearest); i--) {
      InetAddress hop = parse(hops.get(i));
      if (hop == null) {
        break; // Garbage that a trusted proxy passed on: the last known hop is the best we have.
      }
      nearest = hop;
    }
    return nearest;
  }

  /// Of whoever sends this request.
  public InetAddress of(Request request) {
    return of(request.peer(), request.headers("X-Forwarded-For"), request.headers("Forwarded"));
  }

  /// Of a list header; empty elements count for nothing (RFC 9110, 5.6.1.2).
  private static List<String> elements(List<String> headers) {
    var elements = new ArrayList<String>();
    for (String header : headers) {
      for (String element : header.split(",")) {
        if (!element.isBlank()) {
          elements.add(element.strip());
        }
      }
    }
    return elements;
  }

  /// Whether this is one of the proxies, whose headers are believed.
  public boolean isTrusted(InetAddress address) {
    for (Cidr proxies : trustedProxies) {
      if (proxies.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /// A literal address, with or without a port; never a name that would be looked up.
  private static @Nullable InetAddress parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST_ADDRESS) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(withoutPort(text));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String withoutPort(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? text : text.substring(1, end);
    }
    int colon = text.indexOf(':');
    boolean onlyOneColon = colon >= 0 && colon == text.lastIndexOf(':');
    return onlyOneColon ? text.substring(0, colon) : text;
  }
}
