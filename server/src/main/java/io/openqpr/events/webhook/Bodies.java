package io.openqpr.events.webhook;

import com.github.f4b6a3.ulid.Ulid;
import io.openqpr.events.feed.Feed;
import io.openqpr.events.feed.Told;
import io.openqpr.model.EventType;
import io.openqpr.storage.store.Delivery;
import io.openqpr.storage.store.Delivery.Spot;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import io.openqpr.storage.store.VisitFilter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What stands in a request: an event as the feed tells it, or a batch of them. The bytes follow
/// from the events, so they are the same at every attempt and need not be kept.
final class Bodies {

  private static final int PAGE = 200;

  private final Feed feed;
  private final FeedStore store;

  Bodies(Feed feed, FeedStore store) {
    this.feed = feed;
    this.store = store;
  }

  /// @param told at least one; more only of a batch
  static Delivery delivery(String webhook, List<Told> told, boolean batch, long sequence) {
    List<FeedEvent> events = told.stream().map(Told::event).toList();
    return new Delivery(
        webhook,
        batch ? batchId(events) : events.getFirst().id().text(),
        events.stream().map(e -> e.type().text()).distinct().collect(Collectors.joining(" ")),
        events.stream().map(e -> new Spot(e.line(), e.position())).toList(),
        sequence,
        null);
  }

  static byte[] of(Delivery delivery, List<Told> told, boolean batch) {
    List<byte[]> payloads = told.stream().map(Told::payload).toList();
    Instant last = told.getLast().event().createdAt();
    return batch ? batch(delivery.id(), last, payloads) : payloads.getFirst();
  }

  /// As it was sent first; empty where all that it tells of was erased meanwhile.
  ///
  /// @throws io.openqpr.storage.store.StoreException when the store does not answer
  byte[] again(Delivery delivery, int account, boolean batch) {
    if (delivery.body() != null) {
      return delivery.body().getBytes(StandardCharsets.UTF_8);
    }
    List<FeedEvent> events = new ArrayList<>();
    for (List<Spot> ofLine : byLine(delivery.events())) {
      events.addAll(read(ofLine, account));
    }
    // In the order they were told.
    events.sort((a, b) -> Integer.compare(index(delivery, a), index(delivery, b)));
    if (events.isEmpty()) {
      return new byte[0];
    }
    List<byte[]> payloads = events.stream().map(feed::payload).toList();
    return batch || delivery.events().size() > 1
        ? batch(delivery.id(), events.getLast().createdAt(), payloads)
        : payloads.getFirst();
  }

  private static int index(Delivery delivery, FeedEvent event) {
    return delivery.events().indexOf(new Spot(event.line(), event.position()));
  }

  private static List<List<Spot>> byLine(List<Spot> spots) {
    return List.copyOf(
        spots.stream()
            .collect(Collectors.groupingBy(Spot::line, TreeMap::new, Collectors.toList()))
            .values());
  }

  private List<FeedEvent> read(List<Spot> spots, int account) {
    int line = spots.getFirst().line();
    long first = spots.stream().mapToLong(Spot::position).min().orElseThrow();
    long last = spots.stream().mapToLong(Spot::position).max().orElseThrow();
    feed.awaitStored(line, last);
    // Behind everything in all other lines.
    var before = new TreeMap<Integer, Long>();
    store.head().positions().keySet().forEach(other -> before.put(other, Long.MAX_VALUE));
    before.put(line, first - 1);
    var filter = new FeedFilter(account, EnumSet.allOf(EventType.class), null, VisitFilter.ANY);
    var found = new ArrayList<FeedEvent>();
    var place = new FeedPlace(before);
    boolean more = true;
    while (more && place.in(line) < last) {
      FeedPage page = store.follow(place, filter, spots.size() == 1 ? 1 : PAGE);
      for (FeedEvent event : page.events()) {
        if (spots.contains(new Spot(event.line(), event.position()))) {
          found.add(event);
        }
      }
      place = page.next();
      more = page.more();
    }
    return found;
  }

  private static byte[] batch(String id, Instant createdAt, List<byte[]> payloads) {
    var body = new ByteArrayOutputStream();
    String head =
        "{\"id\":\"%s\",\"type\":\"batch\",\"created_at\":\"%s\",\"data\":["
            .formatted(id, createdAt);
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < payloads.size(); i++) {
      if (i > 0) {
        body.write(',');
      }
      body.writeBytes(payloads.get(i));
    }
    body.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  /// Follows from what is in it: another batch with the same first event has another id, so that
  /// nobody takes it for known.
  private static String batchId(List<FeedEvent> events) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      events.forEach(e -> sha256.update(e.id().text().getBytes(StandardCharsets.UTF_8)));
      byte[] hash = Arrays.copyOf(sha256.digest(), Ulid.RANDOM_BYTES);
      return "batch_" + new Ulid(events.getLast().createdAt().toEpochMilli(), hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
