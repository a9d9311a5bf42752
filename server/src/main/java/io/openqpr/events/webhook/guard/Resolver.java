package io.openqpr.events.webhook.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Looks names up; may take as long as the machine's own way takes.
@FunctionalInterface
public interface Resolver {

  /// @return at least one
  InetAddress[] resolve(String host) throws UnknownHostException;
}
