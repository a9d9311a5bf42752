package io.openqpr.events.webhook.guard;

import io.openqpr.model.Cidr;
import io.openqpr.platform.config.Ports;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Says where something may be sent: to what somebody on the internet can have, and to the networks
/// that the operator opened. Asked when a URL is set, before each sending, and of the connected
/// socket, so that a name that means something else the next moment gets nowhere.
///
/// Of a name with several addresses all must be allowed. Safe for any number of threads.
public final class TargetGuard implements AutoCloseable {

  /// For a URL that is set; one that is not known yet may be so later.
  private static final Duration LONGEST_LOOKUP = Duration.ofSeconds(2);

  private final List<Cidr> opened;
  private final Ports ports;
  private final Lookups lookups;

  /// @param opened networks to which may be sent besides
  public TargetGuard(List<Cidr> opened, Ports ports, Resolver resolver) {
    this.opened = List.copyOf(opened);
    this.ports = ports;
    this.lookups = new Lookups(resolver);
  }

  /// @throws TargetRefusedException when nothing may be sent there
  public TargetUrl check(String url) throws InterruptedException {
    TargetUrl target = parse(url);
    try {
      addresses(target, LONGEST_LOOKUP);
    } catch (UnknownHostException e) {
      PrivateNames.reason(target.host()).ifPresent(TargetGuard::refuse);
    }
    return target;
  }

  /// What the URL says, without a question to anybody.
  ///
  /// @throws TargetRefusedException when nothing may be sent there, wherever it is
  public TargetUrl parse(String url) {
    TargetUrl target = TargetUrl.parse(url);
    if (!ports.has(target.port())) {
      refuse("has port %d; allowed are %s".formatted(target.port(), ports.text()));
    }
    return target;
  }

  /// Where the target is now.
  ///
  /// @throws TargetRefusedException when one of them is not allowed
  /// @throws UnknownHostException when it is nowhere
  public List<InetAddress> addresses(TargetUrl target, Duration most)
      throws UnknownHostException, InterruptedException {
    InetAddress literal = target.address();
    List<InetAddress> all =
        literal != null ? List.of(literal) : List.of(lookups.of(target.host(), most));
    for (InetAddress address : all) {
      Optional<String> reason = reason(address);
      if (reason.isPresent()) {
        refuse(
            literal != null
                ? reason.get()
                : "has a host whose name leads to an address that " + reason.get());
      }
    }
    return all;
  }

  /// Whether something may be sent to who is at the other end.
  public boolean allows(InetAddress address) {
    return reason(address).isEmpty();
  }

  private Optional<String> reason(InetAddress address) {
    if (opened.stream().anyMatch(range -> range.contains(address))) {
      return Optional.empty();
    }
    return SpecialAddresses.purpose(address)
        .map(purpose -> "is set aside for %s; the operator can open networks".formatted(purpose));
  }

  private static void refuse(String reason) {
    throw new TargetRefusedException(reason);
  }

  @Override
  public void close() {
    lookups.close();
  }
}
