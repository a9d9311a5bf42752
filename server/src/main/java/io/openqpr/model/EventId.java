package io.openqpr.model;

import com.github.f4b6a3.ulid.Ulid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;

/// The id of an event of the feed: `evt_` and a ULID. It follows from what happened, so that every
/// reader, every server and every attempt names the same event alike, and nothing is stored for it.
public record EventId(String text) {

  public static final String PREFIX = "evt_";

  /// The ULID's time is the event's; the rest are the first 80 bits of SHA-256 over type, account
  /// and what it happened to.
  ///
  /// @param subject the scan's id, or the code's and which of its changes it was
  public static EventId of(EventType type, Instant createdAt, int account, String subject) {
    String name = type.text() + '\n' + account + '\n' + subject;
    byte[] hash = sha256().digest(name.getBytes(StandardCharsets.UTF_8));
    var ulid = new Ulid(createdAt.toEpochMilli(), Arrays.copyOf(hash, Ulid.RANDOM_BYTES));
    return new EventId(PREFIX + ulid);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
