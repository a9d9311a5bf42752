package io.openqpr.storage.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Webhooks as their accounts set them, and what was sent.
public interface WebhookStore {

  /// @param from where in the feed it begins
  /// @param most how many an account may have
  /// @return `false`, and nothing changed, when it has them already
  boolean add(Webhook webhook, FeedPlace from, int most);

  /// As another store has it; changes nothing where it is known already.
  ///
  /// @param from where in this store's feed it begins
  /// @param sequence how many requests it was sent
  void restore(Webhook webhook, FeedPlace from, long sequence);

  /// How far it is.
  Optional<Standing> standing(String webhook);

  /// @param place in the feed, behind what was delivered or waits
  /// @param sequence how many requests it was sent
  /// @param waiting deliveries that are tried again
  record Standing(FeedPlace place, long sequence, int waiting) {}

  /// Newest first.
  List<Webhook> of(int account);

  Optional<Webhook> find(int account, String id);

  /// @param moveTo goes on from there, and gives up what waits; `null` stays where it is
  /// @return what it is now; empty when the account has none of this id
  Optional<Webhook> update(
      int account, String id, UnaryOperator<Webhook> change, @Nullable FeedPlace moveTo);

  /// With all that was kept of it.
  boolean remove(int account, String id);

  /// What was sent, newest first.
  ///
  /// @param limit at least 1
  /// @param behind of the attempt of this time and id; `null` from the newest on
  List<Attempt> attempts(AttemptFilter filter, int limit, @Nullable Behind behind);

  /// @param type of events; `null` for all
  record AttemptFilter(
      String webhook,
      Attempt.@Nullable State state,
      @Nullable String type,
      @Nullable Instant since,
      @Nullable Instant until) {}

  record Behind(Instant time, String id) {}

  Optional<Attempt> attempt(String webhook, String id);

  /// Makes a delivery due now, whatever became of it before.
  void resend(Waiting delivery);

  /// Makes all that failed due now, of those that were first sent in a time.
  ///
  /// @param id names the work
  Resend resendFailed(
      String webhook, String id, @Nullable Instant since, @Nullable Instant until, Instant now);

  /// How far it came.
  Optional<Resend> resend(String webhook, String id);

  /// @param total deliveries it was about
  /// @param waiting not sent yet, or to be tried again
  /// @param failed again, for good
  record Resend(
      String id,
      Instant createdAt,
      @Nullable Instant since,
      @Nullable Instant until,
      long total,
      long waiting,
      long failed) {}

  /// Forgets attempts, what was given up and resends from before a time, and of each webhook all
  /// but so many attempts that succeeded, as many that did not, and as many deliveries given up.
  ///
  /// @return how many deliveries given up were forgotten though they were not old
  long trim(Instant before, int most);
}
