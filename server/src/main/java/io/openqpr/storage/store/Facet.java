package io.openqpr.storage.store;

import io.openqpr.model.Conversation.Status;
import io.openqpr.model.Scan;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One thing of each scan: a trait, with its name where there are many, and the local clock where
/// that matters.
///
/// @param name of a parameter or a member of metadata; otherwise empty
/// @param zone of hours and weekdays; otherwise UTC
public record Facet(Trait trait, String name, ZoneId zone) {

  public Facet {
    if (trait.isNamed() == name.isEmpty()) {
      throw new IllegalArgumentException(trait + " " + name);
    }
  }

  public static Facet of(Trait trait) {
    return new Facet(trait, "", ZoneOffset.UTC);
  }

  public static Facet of(Trait trait, String name) {
    return new Facet(trait, name, ZoneOffset.UTC);
  }

  /// As the API names it, such as `country` or `params.utm_source`.
  public String text() {
    String text = trait.name().toLowerCase(Locale.ROOT);
    return trait.isNamed() ? text + "." + name : text;
  }

  /// As the stores' SQL has it; `null` where there is none.
  ///
  /// @throws IllegalStateException for [Trait#TEMPLATE], which is its code's
  public @Nullable String of(Scan scan) {
    return switch (trait) {
      case COUNTRY, REGION, CITY, DEVICE, OS, BROWSER, LANGUAGE, REFERRER ->
          (String) Objects.requireNonNull(trait.field()).of(scan);
      case PARAMS, METADATA ->
          JsonMember.of(String.valueOf(Objects.requireNonNull(trait.field()).of(scan)), name);
      case QPR_CODE_ID -> String.valueOf(scan.code().number());
      case TEMPLATE -> throw new IllegalStateException("a scan does not know its code's template");
      case CONVERSATION -> word(scan.conversation().status());
      case MESSAGES -> String.valueOf(scan.conversation().messages());
      case HOUR -> String.valueOf(local(scan).getHour());
      case WEEKDAY -> String.valueOf(local(scan).getDayOfWeek().getValue());
    };
  }

  private ZonedDateTime local(Scan scan) {
    return scan.scannedAt().atZone(zone);
  }

  /// As [Trait#CONVERSATION] has it.
  public static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
