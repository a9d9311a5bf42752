package io.openqpr.journal;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.Conversation;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Event;
import io.openqpr.model.Place;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Events as bytes. A frame is: payload length (int), CRC-32C of the payload (int), payload; the
/// payload is a type byte and the fields in order. Texts are a length (unsigned short, 65535 for
/// null) and UTF-8. Never change a type's fields: add a new type byte.
final class EventCodec {

  static final int HEADER_BYTES = 8;

  /// Longest payload: metadata of 8 KiB and every other text at its longest fit many times over.
  static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private static final byte SCAN_CAPTURED = 1;
  private static final byte CONVERSATION_REPORTED = 2;
  private static final int NULL_TEXT = 0xFFFF;

  /// Stands for the bytes of a null text; told apart by identity from those of an empty one.
  private static final byte[] ABSENT = {};

  private EventCodec() {}

  /// A whole frame.
  static byte[] encode(Event event) {
    return switch (event) {
      case Event.ScanCaptured captured -> encode(captured.scan());
      case Event.ConversationReported reported -> encode(reported);
    };
  }

  private static byte[] encode(Scan scan) {
    byte[] id = utf8(scan.id().text());
    byte[] codeId = utf8(scan.code().id().text());
    byte[] shortId = utf8(scan.code().shortId());
    byte[] country = utf8(scan.place().country());
    byte[] region = utf8(scan.place().region());
    byte[] city = utf8(scan.place().city());
    byte[] metadata = utf8(scan.metadata());
    int texts = 7 * 2 + lengths(id, codeId, shortId, country, region, city, metadata);
    ByteBuffer frame = frame(1 + 4 + 4 + 8 + 1 + 8 + texts);
    frame.put(SCAN_CAPTURED);
    frame.putInt(scan.code().number()).putInt(scan.code().account());
    frame.putLong(scan.scannedAt().toEpochMilli());
    frame.put((byte) scan.device().stored()).putLong(scan.deviceKey());
    putText(frame, id);
    putText(frame, codeId);
    putText(frame, shortId);
    putText(frame, country);
    putText(frame, region);
    putText(frame, city);
    putText(frame, metadata);
    return sealed(frame);
  }

  private static byte[] encode(Event.ConversationReported reported) {
    byte[] id = utf8(reported.scan().text());
    ByteBuffer frame = frame(1 + 4 + 4 + 8 + 1 + 4 + 2 + id.length);
    frame.put(CONVERSATION_REPORTED);
    frame.putInt(reported.code()).putInt(reported.account());
    frame.putLong(reported.scannedAtMillis());
    frame.put((byte) reported.conversation().status().ordinal());
    frame.putInt(reported.conversation().messages());
    putText(frame, id);
    return sealed(frame);
  }

  /// The event of a payload whose checksum was found right.
  ///
  /// @throws IllegalArgumentException when the type is unknown: written by a newer version
  static Event decode(ByteBuffer payload) {
    byte type = payload.get();
    return switch (type) {
      case SCAN_CAPTURED -> decodeScan(payload);
      case CONVERSATION_REPORTED -> decodeReport(payload);
      default -> throw new IllegalArgumentException("unknown event type " + type);
    };
  }

  private static Event decodeScan(ByteBuffer in) {
    int number = in.getInt();
    int account = in.getInt();
    Instant scannedAt = Instant.ofEpochMilli(in.getLong());
    DeviceKind device = DeviceKind.fromStored(in.get());
    long deviceKey = in.getLong();
    var id = new ScanId(text(in));
    var code = new CodeRef(number, account, new CodeId(text(in)), text(in));
    var place = new Place(nullableText(in), nullableText(in), nullableText(in));
    String metadata = text(in);
    return new Event.ScanCaptured(
        new Scan(id, code, scannedAt, place, device, deviceKey, Conversation.NONE, metadata));
  }

  private static Event decodeReport(ByteBuffer in) {
    int code = in.getInt();
    int account = in.getInt();
    long scannedAt = in.getLong();
    Conversation.Status status = Conversation.Status.values()[in.get()];
    var conversation = new Conversation(status, in.getInt());
    return new Event.ConversationReported(
        new ScanId(text(in)), account, code, scannedAt, conversation);
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

  private static byte[] utf8(@Nullable String text) {
    return text == null ? ABSENT : text.getBytes(StandardCharsets.UTF_8);
  }

  private static int lengths(byte[]... texts) {
    int sum = 0;
    for (byte[] text : texts) {
      sum += text.length;
    }
    return sum;
  }

  private static void putText(ByteBuffer out, byte[] text) {
    out.putShort((short) (text == ABSENT ? NULL_TEXT : text.length)).put(text);
  }

  private static String text(ByteBuffer in) {
    String text = nullableText(in);
    if (text == null) {
      throw new IllegalArgumentException("null where a text is needed");
    }
    return text;
  }

  private static @Nullable String nullableText(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length == NULL_TEXT) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
