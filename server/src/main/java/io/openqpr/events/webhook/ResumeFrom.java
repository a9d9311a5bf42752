package io.openqpr.events.webhook;

import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Parameters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a webhook goes on: the field `resume_from`.
sealed interface ResumeFrom {

  record WhereItStopped() implements ResumeFrom {}

  /// Only with what comes from now on.
  record Now() implements ResumeFrom {}

  record Time(Instant time) implements ResumeFrom {}

  /// `null` where it is absent.
  static @Nullable ResumeFrom read(JsonBody body) {
    String text = body.text("resume_from", 40);
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "where_it_stopped" -> new WhereItStopped();
      case "now" -> new Now();
      default -> time(text, body);
    };
  }

  private static @Nullable ResumeFrom time(String text, JsonBody body) {
    try {
      return new Time(Parameters.instantOf(text));
    } catch (IllegalArgumentException e) {
      body.error("resume_from", "must be `where_it_stopped`, `now`, or a time: " + e.getMessage());
      return null;
    }
  }
}
