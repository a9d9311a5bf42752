package io.openqpr.storage.journal;

import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.ScanId;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Events as bytes: eight bytes for what [Frames] puts there, which are the payload's length and
/// its CRC-32C until then, and the payload: a type byte and the fields in order. Never change a
/// type's fields: add a new type byte.
final class EventCodec {

  static final int HEADER_BYTES = 8;

  /// Longest payload: metadata of 8 KiB and every other text at its longest fit many times over.
  static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  /// Written by versions that knew no details; only read.
  private static final byte SCAN_CAPTURED = 1;

  /// Written by versions that did not keep when it was reported; only read.
  private static final byte CONVERSATION_OF_NO_TIME = 2;

  private static final byte SCAN_WITH_DETAILS = 3;
  private static final byte HIT_IGNORED = 4;
  private static final byte CONVERSATION_REPORTED = 5;

  private EventCodec() {}

  /// A whole frame.
  static byte[] encode(Event event) {
    return switch (event) {
      case Event.ScanCaptured captured -> encode(captured);
      case Event.HitIgnored ignored -> encode(ignored);
      case Event.ConversationReported reported -> encode(reported);
    };
  }

  private static byte[] encode(Event.ScanCaptured captured) {
    var scan = new ScanBytes(captured.scan());
    ByteBuffer frame = frame(1 + scan.size());
    frame.put(SCAN_WITH_DETAILS);
    scan.put(frame);
    return sealed(frame);
  }

  private static byte[] encode(Event.HitIgnored ignored) {
    byte[] reason = TextBytes.of(ignored.hit().reason().text());
    byte[] bot = TextBytes.of(ignored.hit().bot());
    var scan = new ScanBytes(ignored.hit().asScan());
    ByteBuffer frame = frame(1 + TextBytes.size(reason, bot) + scan.size());
    frame.put(HIT_IGNORED);
    TextBytes.put(frame, reason);
    TextBytes.put(frame, bot);
    scan.put(frame);
    return sealed(frame);
  }

  private static byte[] encode(Event.ConversationReported reported) {
    byte[] id = TextBytes.of(reported.scan().text());
    ByteBuffer frame = frame(1 + 4 + 4 + 8 + 1 + 4 + TextBytes.size(id) + 8);
    frame.put(CONVERSATION_REPORTED);
    frame.putInt(reported.code()).putInt(reported.account());
    frame.putLong(reported.scannedAtMillis());
    frame.put((byte) reported.conversation().status().ordinal());
    frame.putInt(reported.conversation().messages());
    TextBytes.put(frame, id);
    frame.putLong(reported.reportedAtMillis());
    return sealed(frame);
  }

  /// The event of a payload whose checksum was found right.
  ///
  /// @throws IllegalArgumentException when the type is unknown: written by a newer version
  static Event decode(ByteBuffer payload) {
    byte type = payload.get();
    return switch (type) {
      case SCAN_CAPTURED, SCAN_WITH_DETAILS -> new Event.ScanCaptured(ScanBytes.read(payload));
      case HIT_IGNORED -> decodeHit(payload);
      case CONVERSATION_OF_NO_TIME -> decodeReport(payload, false);
      case CONVERSATION_REPORTED -> decodeReport(payload, true);
      default -> throw new IllegalArgumentException("unknown event type " + type);
    };
  }

  private static Event decodeHit(ByteBuffer in) {
    IgnoreReason reason = IgnoreReason.of(TextBytes.read(in));
    String bot = TextBytes.readNullable(in);
    return new Event.HitIgnored(new IgnoredHit(ScanBytes.read(in), reason, bot));
  }

  private static Event decodeReport(ByteBuffer in, boolean timed) {
    int code = in.getInt();
    int account = in.getInt();
    long scannedAt = in.getLong();
    Conversation.Status status = Conversation.Status.values()[in.get()];
    var conversation = new Conversation(status, in.getInt());
    var scan = new ScanId(TextBytes.read(in));
    long reportedAt = timed ? in.getLong() : scannedAt;
    return new Event.ConversationReported(scan, account, code, scannedAt, conversation, reportedAt);
  }

  /// Whether this version knows what the payload is.
  static boolean isKnown(ByteBuffer payload) {
    byte type = payload.get(payload.position());
    return type >= SCAN_CAPTURED && type <= CONVERSATION_REPORTED;
  }

  static boolean isScan(ByteBuffer payload) {
    byte type = payload.get(payload.position());
    return type == SCAN_CAPTURED || type == SCAN_WITH_DETAILS;
  }

  static boolean isHit(ByteBuffer payload) {
    return payload.get(payload.position()) == HIT_IGNORED;
  }

  static int checksum(ByteBuffer payload) {
    var crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue();
  }

  private static ByteBuffer frame(int payloadBytes) {
    if (payloadBytes > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException("event of " + payloadBytes + " bytes");
    }
    return ByteBuffer.allocate(HEADER_BYTES + payloadBytes).position(HEADER_BYTES);
  }

  private static byte[] sealed(ByteBuffer frame) {
    frame.flip();
    int payloadBytes = frame.limit() - HEADER_BYTES;
    int checksum = checksum(frame.slice(HEADER_BYTES, payloadBytes));
    frame.putInt(0, payloadBytes).putInt(4, checksum);
    return frame.array();
  }
}
