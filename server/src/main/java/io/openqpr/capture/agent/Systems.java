package io.openqpr.capture.agent;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Names of operating systems, one for each family.
final class Systems {

  private static final Set<String> LINUX =
      Set.of(
          "Ubuntu",
          "Kubuntu",
          "Lubuntu",
          "Xubuntu",
          "Debian",
          "Fedora",
          "Red Hat",
          "CentOS",
          "SUSE",
          "openSUSE",
          "Linux Mint",
          "Mint",
          "Arch Linux",
          "Gentoo",
          "Slackware",
          "Mageia",
          "Mandriva",
          "PCLinuxOS",
          "Puppy",
          "Raspbian",
          "Linux");

  private static final Map<String, String> NAMES =
      Stream.concat(
              LINUX.stream().map(name -> Map.entry(name, "Linux")),
              Map.ofEntries(
                  Map.entry("iOS", "iOS"),
                  Map.entry("Android", "Android"),
                  Map.entry("Windows", "Windows"),
                  Map.entry("Mac OS X", "macOS"),
                  Map.entry("Chrome OS", "ChromeOS"),
                  Map.entry("Windows Phone", "Windows Phone"),
                  Map.entry("Windows Mobile", "Windows Phone"),
                  Map.entry("BlackBerry OS", "BlackBerry"),
                  Map.entry("BlackBerry Tablet OS", "BlackBerry"),
                  Map.entry("KaiOS", "KaiOS"),
                  Map.entry("Firefox OS", "Firefox OS"),
                  Map.entry("Symbian OS", "Symbian"),
                  Map.entry("Tizen", "Tizen"),
                  Map.entry("webOS", "webOS"),
                  Map.entry("tvOS", "tvOS"),
                  Map.entry("ATV OS X", "tvOS"),
                  Map.entry("watchOS", "watchOS"),
                  Map.entry("FreeBSD", "FreeBSD"),
                  Map.entry("OpenBSD", "OpenBSD"),
                  Map.entry("NetBSD", "NetBSD"),
                  Map.entry("Solaris", "Solaris"))
                  .entrySet()
                  .stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private Systems() {}

  /// @param family by the ua-parser project's rules, which know HarmonyOS only in part
  static @Nullable String nameOf(String agent, String family) {
    return agent.contains("Harmony") ? "HarmonyOS" : NAMES.get(family);
  }
}
