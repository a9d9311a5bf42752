package io.openqpr.storage.store;

import io.openqpr.model.ScanField;
import org.jspecify.annotations.Nullable;

/// What scans are chosen and grouped by, the one list of it. Shown by lower-case name.
///
/// A new one is a line here, a line in `storage.sql`'s TraitColumns, and a line in
/// `analytics.scans`' TraitGrammar.
public enum Trait {
  COUNTRY(ScanField.COUNTRY),
  REGION(ScanField.REGION),
  CITY(ScanField.CITY),
  /// A kind, by its lower-case name.
  DEVICE(ScanField.DEVICE),
  OS(ScanField.OS),
  BROWSER(ScanField.BROWSER),
  /// Of what is asked, those are meant too that are finer: `de` means `de-AT`.
  LANGUAGE(ScanField.LANGUAGE),
  REFERRER(ScanField.REFERRER),
  /// A parameter of the scan URL itself, by name.
  PARAMS(ScanField.PARAMS),
  /// A member of the scan's own metadata, by name: a text, `true`, `false` or a whole number.
  METADATA(ScanField.METADATA),
  /// The number of a code, where the store is asked; its id, where it is asked of us.
  QPR_CODE_ID,
  /// That of the code now, by lower-case name. A scan by itself does not know it.
  TEMPLATE,
  /// `none`, `open` or `completed`.
  CONVERSATION,
  /// How many there are.
  MESSAGES,
  /// Of the local day, 0 to 23.
  HOUR,
  /// 1 (Monday) to 7.
  WEEKDAY;

  private final @Nullable ScanField field;

  Trait() {
    this(null);
  }

  Trait(@Nullable ScanField field) {
    this.field = field;
  }

  /// Where a scan tells it; `null` where it follows from something else.
  public @Nullable ScanField field() {
    return field;
  }

  /// Whether there are many of it, each with a name.
  public boolean isNamed() {
    return this == PARAMS || this == METADATA;
  }

  /// Whether it is another one on another local clock.
  public boolean isLocal() {
    return this == HOUR || this == WEEKDAY;
  }

  /// Whether a scan may have none; it is asked for by [Demand#NONE] then.
  public boolean mayBeAbsent() {
    return switch (this) {
      case DEVICE, QPR_CODE_ID, CONVERSATION, MESSAGES, HOUR, WEEKDAY -> false;
      case COUNTRY, REGION, CITY, OS, BROWSER, LANGUAGE, REFERRER, PARAMS, METADATA, TEMPLATE ->
          true;
    };
  }
}
