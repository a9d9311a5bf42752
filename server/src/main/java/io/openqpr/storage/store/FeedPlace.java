package io.openqpr.storage.store;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How far the feed was read: in each of its lines up to a position, which is included. A line that
/// is not named was not begun.
public record FeedPlace(SortedMap<Integer, Long> positions) {

  /// Before everything.
  public static final FeedPlace START = new FeedPlace(new TreeMap<>());

  public FeedPlace {
    positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
  }

  /// How far it is in this line; 0 where it was not begun.
  public long in(int line) {
    return positions.getOrDefault(line, 0L);
  }

  public boolean has(FeedEvent event) {
    return in(event.line()) >= event.position();
  }

  /// The same, but at this position of the line.
  public FeedPlace with(int line, long position) {
    var changed = new TreeMap<>(positions);
    changed.put(line, position);
    return new FeedPlace(changed);
  }

  /// Where everything was read that was read here or there.
  public FeedPlace and(FeedPlace other) {
    var further = new TreeMap<>(positions);
    other.positions.forEach((line, position) -> further.merge(line, position, Math::max));
    return new FeedPlace(further);
  }

  /// Whether all that was read there was read here.
  public boolean includes(FeedPlace other) {
    return other.positions.entrySet().stream().allMatch(e -> in(e.getKey()) >= e.getValue());
  }

  /// As a store keeps it: `0:7 1:48211`.
  public String text() {
    return positions.entrySet().stream()
        .map(e -> e.getKey() + ":" + e.getValue())
        .collect(Collectors.joining(" "));
  }

  /// What [#text] wrote; empty where it was something else.
  public static Optional<FeedPlace> parse(String text) {
    var positions = new TreeMap<Integer, Long>();
    try {
      for (String pair : text.isEmpty() ? new String[0] : text.split(" ")) {
        String[] parts = pair.split(":", 2);
        positions.put(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
    return Optional.of(new FeedPlace(positions));
  }
}
