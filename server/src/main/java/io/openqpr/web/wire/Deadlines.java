package io.openqpr.web.wire;

import java.time.Duration;

/// How long the other side of a connection is waited for. Only waiting counts: the time in which
/// this server works is nobody's fault.
///
/// @param head from a request's first byte (or the connection's beginning) to the end of its head
/// @param idle between two requests
/// @param stall for a body or the taking of an answer, when nothing moves; every `bytesASecond`
///   that move buy a second more, up to this again
/// @param linger after an answer that ends a connection, for what the client still sends
/// @param drain at the end of the server, for whatever is under way
public record Deadlines(
    Duration head,
    Duration idle,
    Duration stall,
    int bytesASecond,
    Duration linger,
    Duration drain) {

  public static final Deadlines DEFAULT =
      new Deadlines(
          Duration.ofSeconds(10),
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          4 * 1024,
          Duration.ofSeconds(2),
          Duration.ofSeconds(10));
}
