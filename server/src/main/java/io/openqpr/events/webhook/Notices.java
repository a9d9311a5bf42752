package io.openqpr.events.webhook;

import com.github.f4b6a3.ulid.Ulid;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.Webhook.SwitchedOff;
import io.openqpr.web.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// What an account's other webhooks are told when one is switched off by this server. It is not of
/// the feed, and not counted by `X-3QPR-Sequence`.
final class Notices {

  static final String TYPE = "webhook.disabled";

  private Notices() {}

  private record Notice(String id, String type, Instant createdAt, Subject data) {}

  private record Subject(
      String id, String url, boolean active, Instant disabledAt, String disabledReason) {}

  static String id(Webhook webhook, SwitchedOff off) {
    // Once for each time it is switched off: by the webhook's own random part.
    byte[] noise = Ulid.from(webhook.id().substring(WebhookRoutes.PREFIX.length())).toBytes();
    byte[] random = Arrays.copyOfRange(noise, noise.length - Ulid.RANDOM_BYTES, noise.length);
    return "evt_" + new Ulid(off.at().toEpochMilli(), random);
  }

  static String body(Webhook webhook, SwitchedOff off) {
    var data = new Subject(webhook.id(), webhook.url(), false, off.at(), off.reason());
    return new String(
        Json.write(new Notice(id(webhook, off), TYPE, off.at(), data)), StandardCharsets.UTF_8);
  }
}
