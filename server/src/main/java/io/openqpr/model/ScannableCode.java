package io.openqpr.model;

import org.jspecify.annotations.Nullable;

/// A code as whoever scans it meets it: without its prompt and all else that is its owner's. See
/// [QprCode] for the meanings.
public record ScannableCode(
    CodeRef ref,
    CodeStatus status,
    String name,
    @Nullable String welcomeMessage,
    @Nullable String conversationUrl,
    String metadata) {

  public static ScannableCode of(QprCode code) {
    return new ScannableCode(
        code.ref(),
        code.status(),
        code.name(),
        code.welcomeMessage(),
        code.conversationUrl(),
        code.metadata());
  }
}
