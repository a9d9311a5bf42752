package io.openqpr.storage.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far webhooks are, for the servers that send. Each webhook is sent by one server at a time,
/// which takes it for a while and keeps it by writing; when it dies, another takes it.
///
/// Times are the servers' own, which must differ by less than a lease.
public interface DeliveryStore {

  /// An active webhook, and whether some server has it.
  ///
  /// @param number of its claims
  record Standing(Webhook webhook, long number, Instant takenUntil) {}

  List<Standing> active();

  /// How many webhooks are switched off.
  int switchedOff();

  /// How far a webhook is.
  ///
  /// @param claim by which it was taken
  /// @param place in the feed: all before it was delivered, or waits
  /// @param sequence of the last delivery before the place
  /// @param failures attempts in a row
  /// @param failingSince the first of those; `null` without any
  record Progress(
      String webhook,
      long claim,
      FeedPlace place,
      long sequence,
      int failures,
      @Nullable Instant failingSince) {}

  /// Takes a webhook that is active and that nobody else has.
  Optional<Progress> claim(String webhook, Instant now, Duration lease);

  /// What is to be written of one webhook.
  ///
  /// @param waiting deliveries that failed, in place of those of the same id
  /// @param settled ids of deliveries that wait no more
  record Entry(
      Progress progress,
      List<Attempt> attempts,
      List<Waiting> waiting,
      List<String> settled,
      @Nullable Ending ending) {}

  /// The webhook is switched off.
  ///
  /// @param noticeId and the body of what the account's other active webhooks are told
  record Ending(Webhook.SwitchedOff off, String noticeId, String noticeType, String noticeBody) {}

  /// Writes all of it in one transaction, and keeps each for another lease.
  ///
  /// @return those that another server has, or that were moved, switched off or removed: of them
  ///   nothing was written
  Set<String> write(List<Entry> entries, Instant now, Duration lease);

  /// Gives webhooks back, by the numbers of their claims.
  void giveBack(Map<String, Long> claims);

  /// What is due of these webhooks, the longest due first.
  List<Waiting> due(Set<String> webhooks, Instant now, int limit);

  /// How many deliveries of each of these webhooks are to be tried again, other than by a resend.
  Map<String, Integer> waiting(Set<String> webhooks);
}
