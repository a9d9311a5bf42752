package io.openqpr.visitor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.model.DeviceKind;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import ua_parser.Client;
import ua_parser.Parser;

/// Tells the kind of device from the user agent, by the ua-parser project's rules. A parse takes a
/// good part of a millisecond, but people's agents repeat: the hot path finds most of them
/// remembered.
///
/// The rules tell families, not kinds; the step from one to the other is here. Android tells phones
/// from tablets by the word `Mobile` in the agent, as its makers document; an iPad that asks for
/// desktop pages says it is a Mac, and is taken for one.
public final class DeviceKinds {

  private static final int REMEMBERED_AGENTS = 20_000;

  private static final Set<String> PHONES =
      Set.of("iPhone", "iPod", "Generic Smartphone", "Generic Feature Phone");
  private static final Set<String> PHONE_SYSTEMS =
      Set.of(
          "iOS",
          "Windows Phone",
          "Windows Mobile",
          "BlackBerry OS",
          "KaiOS",
          "Firefox OS",
          "Symbian OS",
          "Bada",
          "HarmonyOS");
  private static final Set<String> DESKTOP_SYSTEMS =
      Set.of(
          "Windows",
          "Mac OS X",
          "Linux",
          "Chrome OS",
          "Ubuntu",
          "Fedora",
          "Debian",
          "Red Hat",
          "SUSE",
          "Linux Mint",
          "Arch Linux",
          "Gentoo",
          "FreeBSD",
          "OpenBSD",
          "NetBSD",
          "Solaris");

  private final CompletableFuture<Parser> parser = CompletableFuture.supplyAsync(Parser::new);
  private final Cache<String, DeviceKind> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED_AGENTS).build();

  /// Begins to load the rules in the background; whoever asks before they are there waits.
  public DeviceKinds() {}

  DeviceKind kindOf(String userAgent) {
    return userAgent.isEmpty() ? DeviceKind.UNKNOWN : remembered.get(userAgent, this::parse);
  }

  private DeviceKind parse(String userAgent) {
    Client client = parser.join().parse(userAgent);
    return kind(client.device.family, client.os.family, userAgent);
  }

  private static DeviceKind kind(String device, String system, String userAgent) {
    if (device.equals("Spider")) {
      return DeviceKind.UNKNOWN;
    }
    if (device.equals("iPad") || device.startsWith("Kindle") || device.equals("Generic Tablet")) {
      return DeviceKind.TABLET;
    }
    if (PHONES.contains(device) || PHONE_SYSTEMS.contains(system)) {
      return DeviceKind.MOBILE;
    }
    if (system.equals("Android")) {
      return userAgent.contains("Mobile") ? DeviceKind.MOBILE : DeviceKind.TABLET;
    }
    return DESKTOP_SYSTEMS.contains(system) ? DeviceKind.DESKTOP : DeviceKind.UNKNOWN;
  }
}
