package io.openqpr.events.webhook.guard;

import java.util.List;
import java.util.Optional;

/// Names that the DNS of the internet does not have, or that spell an address out: told at once,
/// also where they cannot be looked up just now.
final class PrivateNames {

  /// RFC 6761, 6762, 8375, 9476 and what ICANN has set aside; and those that machines have.
  private static final List<String> ENDINGS =
      List.of("localhost", "localdomain", "local", "internal", "home.arpa", "lan", "corp", "home");

  /// Whose names all mean this machine.
  private static final List<String> OF_THIS_MACHINE =
      List.of("localtest.me", "lvh.me", "vcap.me", "lacolhost.com", "yoogle.com");

  /// Whose names mean the address that stands in them.
  private static final List<String> SPELT = List.of("nip.io", "sslip.io", "xip.io", "traefik.me");

  private PrivateNames() {}

  /// Why the name is none of the internet's; empty where it may be one.
  static Optional<String> reason(String name) {
    if (name.indexOf('.') < 0 || isUnder(name, ENDINGS)) {
      return Optional.of("is a name of a private network");
    }
    if (isUnder(name, OF_THIS_MACHINE)) {
      return Optional.of("is a name of this machine");
    }
    if (isUnder(name, SPELT)) {
      return Optional.of("is a name that spells an address; write the address itself");
    }
    return Optional.empty();
  }

  private static boolean isUnder(String name, List<String> domains) {
    return domains.stream().anyMatch(d -> name.equals(d) || name.endsWith("." + d));
  }
}
