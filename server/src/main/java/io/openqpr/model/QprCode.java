package io.openqpr.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A QR code that carries an AI prompt; scanning it opens a conversation.
///
/// @param conversationUrl where a scan is sent, with `{scan_id}` and `{short_id}` to fill in;
///   `null` for the page built into this server
/// @param scansSince its creation, or the first scan imported from an earlier life, while that is
///   there. Only a scan taken while the clock was wrong can be older
/// @param metadata a JSON object as text, passed through to each scan as it is at that moment
public record QprCode(
    CodeRef ref,
    String name,
    String prompt,
    @Nullable String welcomeMessage,
    @Nullable Template template,
    CodeStatus status,
    @Nullable String conversationUrl,
    String metadata,
    Instant createdAt,
    Instant updatedAt,
    Instant scansSince) {

  public static final String NO_METADATA = "{}";

  public QprCode deleted(Instant now) {
    return new QprCode(
        ref,
        name,
        prompt,
        welcomeMessage,
        template,
        CodeStatus.DELETED,
        conversationUrl,
        metadata,
        createdAt,
        now,
        scansSince);
  }
}
