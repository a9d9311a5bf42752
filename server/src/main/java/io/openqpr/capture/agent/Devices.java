package io.openqpr.capture.agent;

import io.openqpr.model.DeviceKind;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells what was held in the hand. Android tells phones from tablets by the word `Mobile` in the
/// agent, as its makers document; some tablets send it all the same, and are known by their names.
/// An iPad that asks for desktop pages says it is a Mac, and is taken for one.
final class Devices {

  /// Televisions, consoles, glasses, watches, cars: none of the kinds.
  static final Pattern OTHERS =
      Pattern.compile(
          """
          (?x) ^(?!.*\\biP(?:hone|ad|od)) .* (?:
            (?i: smart-?tv | hbbtv | google\\ ?tv | apple\\ ?tv | tvos | nettv | ce-html | netcast | web0s | [_\\W][a-z]?tv[_\\W] ) |
            \\b(?: BRAVIA | VIERA | Viera | AQUOS | Roku | CrKey | Chromecast | AFT[A-Z0-9]+ | AEO[A-Z]+ | MIBOX | STB |
              PLAYSTATION | PlayStation | Xbox | Nintendo | OculusBrowser | Quest | Pico\\ Neo | Watch |
              watchOS | Glass | Tesla | QtCarBrowser | CarBrowser )\\b )\
          """);

  static final Pattern TABLETS =
      Pattern.compile(
          """
          (?x) iPad | \\b[Tt]ablet\\b(?!\\ PC) | PlayBook | Xoom | \\bKindle\\b | \\bSilk/(?!.*\\ Mobile\\ ) | \\bKF[A-Z]{2,6}\\b |
            \\bSM-[TXP]\\d{3} | \\bGT-(?:P\\d{4} | N51\\d\\d | N80\\d\\d) | \\bSGP\\d{3} |
            \\bNexus\\ (?:7 | 9 | 10)\\b | \\bPixel\\ (?:C | Tablet)\\b | \\bTransformer\\b |
            \\b(?:Lenovo\\ )?(?:TB | YT)[-\\d][\\w-]+ | MediaPad | MatePad |
            \\b(?:AGS | AGR | AGM | BAH | BTV | CMR | DBY | JDN | KOB | MRX | MRR | SCM | SHT | VRD | BZT)\\d?R?-[A-Z]{1,2}\\d\\w* |
            (?i: \\b(?:mi | redmi | poco | realme | oppo | oneplus | vivo | honor | xiaomi)\\ pad\\b ) |
            (?i: \\btab\\b ) | \\bGalaxy\\ Tab\
          """);

  static final Pattern PHONES =
      Pattern.compile(
          "iPhone|iPod|FBA[NV]/|Windows (?:Phone|CE)|Smartphone|PalmSource|IEMobile|KAIOS|BlackBerry|BB10|Symbian|SymbOS|Series ?[46]0|J2ME|MIDP"
              + "|Opera Mini|Opera Mobi|Maemo|MeeGo|Sailfish|Bada/|\\(Mobile;|Phone; (?:Open)?Harmony");

  static final Pattern HARMONY_PC = Pattern.compile("\\((?:PC|2in1); (?:Open)?Harmony");

  private static final Set<String> DESKTOPS =
      Set.of("Windows", "macOS", "Linux", "ChromeOS", "FreeBSD", "OpenBSD", "NetBSD", "Solaris");

  private Devices() {}

  /// @param device family by the rules
  /// @param system name by [Systems]; empty where it has none
  static DeviceKind kindOf(String agent, String device, String system) {
    if (device.equals("Spider") || OTHERS.matcher(agent).find()) {
      return DeviceKind.UNKNOWN;
    }
    if (TABLETS.matcher(agent).find() || device.equals("Generic Tablet")) {
      return DeviceKind.TABLET;
    }
    if (HARMONY_PC.matcher(agent).find()) {
      return DeviceKind.DESKTOP;
    }
    if (PHONES.matcher(agent).find() || system.equals("iOS") || device.contains("Phone")) {
      return DeviceKind.MOBILE;
    }
    if (system.equals("Android") || system.equals("HarmonyOS")) {
      return isPhone(agent) ? DeviceKind.MOBILE : DeviceKind.TABLET;
    }
    if (agent.contains("Mobile")) {
      return DeviceKind.MOBILE; // of a system that the rules do not know
    }
    boolean desktop = DESKTOPS.contains(system) || agent.contains("Macintosh");
    return desktop ? DeviceKind.DESKTOP : DeviceKind.UNKNOWN;
  }

  // Only browsers have the word; what an app sends that is none says nothing, and most have a
  // phone.
  private static boolean isPhone(String agent) {
    return agent.contains("Mobile") || !agent.startsWith("Mozilla/");
  }
}
