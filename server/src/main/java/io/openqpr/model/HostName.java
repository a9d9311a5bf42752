package io.openqpr.model;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names of hosts as the DNS has them, in lower case; those of other scripts in Punycode. An
/// address is none: it may be a person's own.
public final class HostName {

  public static final int MAX_LENGTH = 253;

  private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";

  /// The last label has a letter: all digits are the end of an address.
  private static final Pattern NAME =
      Pattern.compile("(?:" + LABEL + "\\.)*(?=[0-9_-]*[a-z])" + LABEL);

  private HostName() {}

  /// In lower case, without a dot at the end; `null` when it is no name.
  public static @Nullable String normalised(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (name.length() > MAX_LENGTH) {
      return null;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return NAME.matcher(lower).matches() ? lower : null;
  }
}
