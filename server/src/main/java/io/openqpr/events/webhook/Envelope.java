package io.openqpr.events.webhook;

import io.openqpr.events.webhook.guard.TargetGuard;
import io.openqpr.events.webhook.guard.TargetRefusedException;
import io.openqpr.events.webhook.guard.TargetUrl;
import io.openqpr.events.webhook.post.PostBody;
import io.openqpr.storage.store.Webhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is the same of all of a webhook's requests while nobody changes it: opened once, as that
/// costs more than to send one. The same bytes of the same webhook, so it is as fresh as that is.
final class Envelope {

  final Webhook webhook;

  /// `null` where nothing may be sent there.
  final @Nullable TargetUrl target;

  private final Signatures.Key current;
  private final Signatures.@Nullable Key previous;

  /// Name and value alternate.
  private final List<String> headers;

  /// @throws IllegalStateException when it was sealed by another secret than this server's
  Envelope(Webhook webhook, SealedTexts sealed, TargetGuard guard) {
    this.webhook = webhook;
    this.target = target(webhook, guard);
    Webhook.Secrets secrets = webhook.secrets();
    this.current = new Signatures.Key(sealed.open(webhook.id(), secrets.current()));
    this.previous =
        secrets.previous() == null
            ? null
            : new Signatures.Key(sealed.open(webhook.id(), secrets.previous()));
    this.headers = CustomHeaders.parse(sealed.open(webhook.id(), webhook.headers()));
  }

  private static @Nullable TargetUrl target(Webhook webhook, TargetGuard guard) {
    try {
      return guard.parse(webhook.url());
    } catch (TargetRefusedException e) {
      return null;
    }
  }

  /// Of one request, as it is signed now; name and value alternate.
  ///
  /// @param sequence 0 for what is not counted
  List<String> headers(String id, long sequence, PostBody body, Instant now) {
    List<String> all = new ArrayList<>(Signatures.headers(keys(now), id, now, body));
    if (sequence > 0) {
      all.add("X-3QPR-Sequence");
      all.add(String.valueOf(sequence));
    }
    all.addAll(headers);
    return all;
  }

  private List<Signatures.Key> keys(Instant now) {
    return previous == null || !now.isBefore(webhook.secrets().previousUntil())
        ? List.of(current)
        : List.of(current, previous);
  }
}
