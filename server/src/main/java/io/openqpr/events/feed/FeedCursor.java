package io.openqpr.events.feed;

import io.openqpr.storage.store.FeedPlace;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A place in the feed as the opaque text that clients keep: base64url of a version, the feed's
/// identity, and number and position of each line, all as variable-length numbers of seven bits a
/// byte. Some twenty characters, and seven more for each further server that ever wrote.
///
/// Not signed: whoever makes one up reads their own events from another place.
final class FeedCursor {

  private static final int VERSION = 1;
  private static final int LONGEST = 6_000;

  private final int identity;

  /// @param identity of the store's feed: a place in another one means nothing here
  FeedCursor(int identity) {
    this.identity = identity;
  }

  String text(FeedPlace place) {
    var bytes = new ByteArrayOutputStream();
    put(bytes, VERSION);
    put(bytes, Integer.toUnsignedLong(identity));
    for (Map.Entry<Integer, Long> line : place.positions().entrySet()) {
      if (line.getValue() > 0) {
        put(bytes, line.getKey());
        put(bytes, line.getValue());
      }
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /// Empty where the text is no cursor of this feed.
  Optional<FeedPlace> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (take(bytes) != VERSION || take(bytes) != Integer.toUnsignedLong(identity)) {
        return Optional.empty();
      }
      var positions = new TreeMap<Integer, Long>();
      while (bytes.hasRemaining()) {
        positions.put(Math.toIntExact(take(bytes)), take(bytes));
      }
      return Optional.of(new FeedPlace(positions));
    } catch (IllegalArgumentException | ArithmeticException | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static void put(ByteArrayOutputStream bytes, long number) {
    long rest = number;
    while (rest > 0x7f) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private static long take(ByteBuffer bytes) {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte next = bytes.get();
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("no number");
  }
}
