package io.openqpr.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a scan tells, the one list of it: the contract's fields in the order of the scan object,
/// then its details. Files, their readers, rows, the journal and what is shown follow from it.
///
/// A new detail is a line here, at the end (files of the journal know details by their order), a
/// column in a migration, and the place where it is learnt.
public enum ScanField {
  ID(Kind.TEXT, scan -> scan.id().text()),
  QPR_CODE_ID(Kind.TEXT, scan -> scan.code().id().text()),
  SHORT_ID(Kind.TEXT, scan -> scan.code().shortId()),
  SCANNED_AT(Kind.TIME, Scan::scannedAt),
  COUNTRY(Kind.TEXT, scan -> scan.place().country()),
  REGION(Kind.TEXT, scan -> scan.place().region()),
  CITY(Kind.TEXT, scan -> scan.place().city()),
  DEVICE(Kind.TEXT, scan -> scan.device().name().toLowerCase(Locale.ROOT)),
  CONVERSATION_STARTED(Kind.FLAG, scan -> scan.conversation().started()),
  CONVERSATION_MESSAGES(Kind.NUMBER, scan -> scan.conversation().messages()),
  METADATA(Kind.JSON, Scan::metadata),

  /// Family of the system, such as `iOS`, without a version.
  OS(Kind.TEXT),
  /// Family of the browser or app, such as `Safari`, without a version.
  BROWSER(Kind.TEXT),
  /// The first one asked for, such as `de` or `pt-BR`.
  LANGUAGE(Kind.TEXT),
  /// Host of the page whose link was followed, such as `news.example.com`.
  REFERRER(Kind.TEXT),
  /// Parameters of the scan URL itself (`?utm_source=poster`), a JSON object of texts.
  PARAMS(Kind.JSON);

  /// What a JSON object without members looks like.
  static final String NO_MEMBERS = "{}";

  private static final Set<ScanField> PLAIN =
      Collections.unmodifiableSet(EnumSet.range(ID, METADATA));
  private static final Set<ScanField> DETAILS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.range(ID, METADATA)));
  private static final Set<ScanField> ALL =
      Collections.unmodifiableSet(EnumSet.allOf(ScanField.class));

  private final Kind kind;
  private final @Nullable Function<Scan, @Nullable Object> plain;

  /// What [#of(Scan)] gives.
  public enum Kind {
    /// A String.
    TEXT,
    /// An Instant.
    TIME,
    /// A Boolean.
    FLAG,
    /// An Integer.
    NUMBER,
    /// A JSON object as String; never absent.
    JSON
  }

  ScanField(Kind kind) {
    this(kind, null);
  }

  ScanField(Kind kind, @Nullable Function<Scan, @Nullable Object> plain) {
    this.kind = kind;
    this.plain = plain;
  }

  /// The contract's fields, in its order.
  public static Set<ScanField> plain() {
    return PLAIN;
  }

  /// What stands in `details`.
  public static Set<ScanField> details() {
    return DETAILS;
  }

  /// Those of the scan object, with its details behind them where they are wanted.
  public static Set<ScanField> of(boolean detailed) {
    return detailed ? ALL : PLAIN;
  }

  public static Map<String, ScanField> byText() {
    var fields = new LinkedHashMap<String, ScanField>();
    for (ScanField field : values()) {
      fields.put(field.text(), field);
    }
    return fields;
  }

  /// As the API, files and tables name it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Kind kind() {
    return kind;
  }

  public boolean isJson() {
    return kind == Kind.JSON;
  }

  public boolean isDetail() {
    return plain == null;
  }

  /// As people see it.
  public @Nullable Object of(Scan scan) {
    return plain != null ? plain.apply(scan) : of(scan.details());
  }

  /// As people see it; for details.
  public @Nullable String of(Details details) {
    String value = details.get(this);
    return value == null && isJson() ? NO_MEMBERS : value;
  }

  /// Where it stands among the details.
  int detailIndex() {
    return ordinal() - OS.ordinal();
  }
}
