package io.openqpr.model;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// More that a scan knows of its visit, in words that many visits share: none of it tells one
/// person from another. Which there are is said by [ScanField#details()].
public final class Details {

  public static final String NO_PARAMS = ScanField.NO_MEMBERS;

  public static final Details NONE = of(field -> null);

  private final @Nullable String[] values;

  private Details(@Nullable String[] values) {
    this.values = values;
  }

  /// @param value of each detail; an empty JSON object is as good as none
  public static Details of(Function<ScanField, @Nullable String> value) {
    var values = new @Nullable String[ScanField.details().size()];
    for (ScanField field : ScanField.details()) {
      values[field.detailIndex()] = kept(value.apply(field));
    }
    return new Details(values);
  }

  private static @Nullable String kept(@Nullable String value) {
    return NO_PARAMS.equals(value) ? null : value;
  }

  /// The same, but for this one.
  public Details with(ScanField detail, @Nullable String value) {
    @Nullable String[] changed = values.clone();
    changed[detail.detailIndex()] = kept(value);
    return new Details(changed);
  }

  /// As it is kept: `null` where nothing is known.
  public @Nullable String get(ScanField detail) {
    return values[detail.detailIndex()];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Details details && Arrays.equals(values, details.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
