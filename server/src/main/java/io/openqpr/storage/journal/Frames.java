package io.openqpr.storage.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// How a segment lies on disk. It begins with 32 bytes: `QPRJRNL` and the version `2`, the position
/// of its first byte (long), a salt of its own (long), CRC-32C of these 24 bytes (int), four zeros;
/// every later version begins so too. Behind them frame follows frame: kind (byte), payload length
/// (three bytes), check (int), payload. Behind the frames the file is zeros, always at least as
/// many as a seal needs.
///
/// A check is the payload's CRC-32C, mixed with the segment's salt, the frame's position and its
/// first four bytes: bytes of another place or time never count.
///
/// Segments of the first version begin with a frame at once, have no kinds (a zero instead), and
/// the plain CRC-32C as check. They are only read.
final class Frames {

  static final int SEGMENT_HEADER_BYTES = 32;
  static final int HEADER_BYTES = EventCodec.HEADER_BYTES;

  /// An event, the first of a group that was written and synced at once: when it is there, all
  /// before it was synced.
  static final int FIRST = 1;

  /// A further event of a group.
  static final int FURTHER = 2;

  /// No payload: all before it is synced. The next group is written over it.
  static final int SEAL = 3;

  /// No payload: all before it is synced, and another segment begins at this position.
  static final int END = 4;

  static final int VERSION = 2;

  private static final long MAGIC = 0x51_50_52_4A_52_4E_4C_00L; // `QPRJRNL` and the version
  private static final int LENGTH_BITS = 24;

  private Frames() {}

  static ByteBuffer segmentHeader(long start, long salt) {
    ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER_BYTES);
    header.putLong(MAGIC | ('0' + VERSION)).putLong(start).putLong(salt);
    return header.putInt(EventCodec.checksum(header.slice(0, 24))).clear();
  }

  /// @param salt 0 in segments of the first version
  record SegmentHeader(int version, long start, long salt) {

    int bytes() {
      return version == 1 ? 0 : SEGMENT_HEADER_BYTES;
    }
  }

  /// @param bytes the first of the file
  /// @param start by its name
  /// @throws IllegalArgumentException when it is damaged
  /// @throws UnsupportedOperationException when a newer version wrote it
  static SegmentHeader read(ByteBuffer bytes, long start) {
    if (bytes.remaining() == 0 || bytes.get(0) == 0) {
      return new SegmentHeader(1, start, 0);
    }
    if (bytes.remaining() < SEGMENT_HEADER_BYTES || (bytes.getLong(0) ^ MAGIC) >>> 8 != 0) {
      throw new IllegalArgumentException("it does not begin as a file of the journal does");
    }
    boolean sound =
        bytes.getInt(24) == EventCodec.checksum(bytes.slice(0, 24)) && bytes.getLong(8) == start;
    if (!sound) {
      throw new IllegalArgumentException("its beginning is damaged");
    }
    if ((bytes.getLong(0) & 0xFF) != '0' + VERSION) {
      throw new UnsupportedOperationException(
          "it was written by a newer OpenQPR; use that version");
    }
    return new SegmentHeader(VERSION, start, bytes.getLong(16));
  }

  static int head(int kind, int payloadBytes) {
    return kind << LENGTH_BITS | payloadBytes;
  }

  static int kind(int head) {
    return head >>> LENGTH_BITS;
  }

  static int payloadBytes(int head) {
    return head & ((1 << LENGTH_BITS) - 1);
  }

  /// Whether these four bytes can begin a frame of this version at all.
  static boolean isPlausible(int version, int head) {
    int kind = kind(head);
    int bytes = payloadBytes(head);
    boolean event = bytes > 0 && bytes <= EventCodec.MAX_PAYLOAD_BYTES;
    return version == 1
        ? kind == 0 && event
        : (event && (kind == FIRST || kind == FURTHER))
            || (bytes == 0 && (kind == SEAL || kind == END));
  }

  static int check(SegmentHeader segment, long position, int head, int payloadChecksum) {
    if (segment.version() == 1) {
      return payloadChecksum;
    }
    long mixed = (segment.salt() ^ position) * 0x9E37_79B9_7F4A_7C15L + head;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8_FEB8_6659_FD93L;
    return payloadChecksum ^ (int) (mixed >>> 32);
  }

  /// A seal or an end.
  static ByteBuffer mark(SegmentHeader segment, long position, int kind) {
    int head = head(kind, 0);
    int check = check(segment, position, head, (int) new CRC32C().getValue());
    return ByteBuffer.allocate(HEADER_BYTES).putInt(head).putInt(check).flip();
  }
}
