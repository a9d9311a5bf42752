package io.openqpr.events.webhook;

import com.github.f4b6a3.ulid.Ulid;
import io.openqpr.events.feed.Feed;
import io.openqpr.events.feed.Told;
import io.openqpr.events.webhook.post.PostBody;
import io.openqpr.model.EventType;
import io.openqpr.storage.store.Delivery;
import io.openqpr.storage.store.Delivery.Spot;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import io.openqpr.storage.store.VisitFilter;
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
  private static final byte[] BETWEEN = utf8(",");
  private static final byte[] END = utf8("]}");

  private final Feed feed;
  private final FeedStore store;

  Bodies(Feed feed, FeedStore store) {
    this.feed = feed;
    this.store = store;
  }

  /// @param told at least one; more only of a batch
  static Delivery delivery(String webhook, List<Told> told, boolean batch, long sequence) {
    FeedEvent only = told.getFirst().event();
    if (!batch) {
      return new Delivery(
          webhook, only.id().text(), only.type().text(), List.of(spot(only)), sequence, null);
    }
    List<FeedEvent> events = told.stream().map(Told::event).toList();
    return new Delivery(
        webhook,
        batchId(events),
        events.stream().map(e -> e.type().text()).distinct().collect(Collectors.joining(" ")),
        events.stream().map(Bodies::spot).toList(),
        sequence,
        null);
  }

  private static Spot spot(FeedEvent event) {
    return new Spot(event.line(), event.position());
  }

  static PostBody of(Delivery delivery, List<Told> told, boolean batch) {
    if (!batch) {
      return PostBody.of(told.getFirst().payload());
    }
    Instant last = told.getLast().event().createdAt();
    return batch(delivery.id(), last, told.stream().map(Told::payload).toList());
  }

  /// Of the heap while it is sent, in bytes, about, before it is written.
  static long weight(List<Told> told) {
    long weight = 0;
    for (Told one : told) {
      weight += one.event().weight();
    }
    return weight;
  }

  /// As it was sent first; empty where all that it tells of was erased meanwhile.
  ///
  /// @throws io.openqpr.storage.store.StoreException when the store does not answer
  PostBody again(Delivery delivery, int account, boolean batch) {
    if (delivery.body() != null) {
      return PostBody.of(delivery.body().getBytes(StandardCharsets.UTF_8));
    }
    List<FeedEvent> events = new ArrayList<>();
    for (List<Spot> ofLine : byLine(delivery.events())) {
      events.addAll(read(ofLine, account));
    }
    // In the order they were told.
    events.sort((a, b) -> Integer.compare(index(delivery, a), index(delivery, b)));
    if (events.isEmpty()) {
      return PostBody.EMPTY;
    }
    List<byte[]> payloads = events.stream().map(feed::payload).toList();
    return batch || delivery.events().size() > 1
        ? batch(delivery.id(), events.getLast().createdAt(), payloads)
        : PostBody.of(payloads.getFirst());
  }

  private static int index(Delivery delivery, FeedEvent event) {
    return delivery.events().indexOf(spot(event));
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
        if (spots.contains(spot(event))) {
          found.add(event);
        }
      }
      place = page.next();
      more = page.more();
    }
    return found;
  }

  private static PostBody batch(String id, Instant createdAt, List<byte[]> payloads) {
    var parts = new ArrayList<byte[]>(2 * payloads.size() + 1);
    parts.add(
        utf8(
            "{\"id\":\""
                + id
                + "\",\"type\":\"batch\",\"created_at\":\""
                + createdAt
                + "\",\"data\":["));
    for (byte[] payload : payloads) {
      parts.add(payload);
      parts.add(BETWEEN);
    }
    parts.set(parts.size() - 1, END);
    return new PostBody(parts);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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
