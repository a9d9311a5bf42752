package io.openqpr.cli;

import java.util.regex.Pattern;

/// Where a webhook leads, as far as it matters here: servers send nothing to their own machine.
final class WebhookTarget {

  private static final Pattern THIS_MACHINE =
      Pattern.compile("(?i)https?://(localhost|127\\.[\\d.]+|\\[::1])([:/?].*)?");

  private WebhookTarget() {}

  /// The refusal, with what to do where the target is this machine.
  static Failure explained(Failure refusal, String url) {
    return refusal.status() == 400 && THIS_MACHINE.matcher(url).matches()
        ? Failure.refused(
            refusal.line()
                + "; to reach this machine while you write the receiver: qpr webhooks listen --to "
                + url,
            refusal.status())
        : refusal;
  }
}
