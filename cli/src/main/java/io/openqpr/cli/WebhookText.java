package io.openqpr.cli;

import io.openqpr.cli.Table.Column;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Webhooks for people: one as its facts, several as rows.
final class WebhookText {

  private WebhookText() {}

  static VisitText facts(JsonNode webhook) {
    return new VisitText()
        .with("id", Reply.text(webhook, "id"))
        .with("URL", Reply.text(webhook, "url"))
        .with("events", joined(webhook.path("events")))
        .with("filters", pairs(webhook.path("filters")))
        .with("state", state(webhook))
        .with("off since", Reply.text(webhook, "disabled_at"))
        .with("description", Reply.text(webhook, "description"))
        .with("headers", joined(webhook.path("header_names")))
        .with("ordering", Reply.text(webhook, "ordering"))
        .with("batch", Reply.text(webhook, "batch"))
        .with("concurrency", Reply.text(webhook, "concurrency"))
        .with("rate", Reply.text(webhook, "rate"))
        .with("timeout", Reply.text(webhook, "timeout_seconds") + " s")
        .with("created", Reply.text(webhook, "created_at"))
        .with("old secret until", Reply.text(webhook, "previous_secret_until"))
        .with("secret", Reply.text(webhook, "secret"));
  }

  static Table table(JsonNode webhooks) {
    var table =
        new Table(
            Column.text("ID"),
            Column.text("STATE"),
            Column.flexible("URL"),
            Column.text("EVENTS").missable(2),
            Column.text("DESCRIPTION").missable(1));
    for (JsonNode webhook : webhooks) {
      table.row(
          Reply.text(webhook, "id"),
          webhook.path("active").asBoolean(false) ? "active" : "off",
          Reply.text(webhook, "url"),
          joined(webhook.path("events")),
          Reply.text(webhook, "description"));
    }
    return table;
  }

  private static String state(JsonNode webhook) {
    if (webhook.path("active").asBoolean(false)) {
      return "active";
    }
    String reason = Reply.text(webhook, "disabled_reason");
    return "off" + (reason.isEmpty() ? "" : ": " + reason);
  }

  private static String joined(JsonNode texts) {
    List<String> all = new ArrayList<>();
    texts.forEach(text -> all.add(text.asString()));
    return String.join(", ", all);
  }

  private static String pairs(JsonNode members) {
    List<String> all = new ArrayList<>();
    members
        .properties()
        .forEach(member -> all.add(member.getKey() + "=" + member.getValue().asString()));
    return String.join(", ", all);
  }
}
