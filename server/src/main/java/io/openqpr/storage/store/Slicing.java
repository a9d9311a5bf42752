package io.openqpr.storage.store;

import java.util.List;

/// Cuts time into numbered slices of equal width on a local clock, with plain arithmetic that any
/// engine does alike: `slice = floor((t + shift) / width)`, where the shift is that of the span in
/// which `t` lies. Clock changes are spans with different shifts, so that a local day of 23 or 25
/// hours is one slice, and no engine needs to know time zones.
///
/// @param widthMillis of a slice
/// @param spans in order of time, at least one; the first also covers what lies before it
public record Slicing(long widthMillis, List<Span> spans) {

  /// From `fromMillis` (epoch) on, the local clock is ahead by `shiftMillis`.
  public record Span(long fromMillis, long shiftMillis) {}

  public Slicing {
    if (widthMillis <= 0 || spans.isEmpty()) {
      throw new IllegalArgumentException(widthMillis + " ms, " + spans.size() + " spans");
    }
    spans = List.copyOf(spans);
  }

  /// The slice in which the epoch millisecond lies.
  public long sliceOf(long millis) {
    return Math.floorDiv(millis + shiftAt(millis), widthMillis);
  }

  /// The first millisecond of a slice before the second span.
  public long startOfEarly(long slice) {
    return slice * widthMillis - spans.getFirst().shiftMillis();
  }

  /// The first millisecond after this one that lies in another slice.
  public long endOf(long millis) {
    long slice = sliceOf(millis);
    long end = (slice + 1) * widthMillis - shiftAt(millis);
    for (Span span : spans) {
      if (span.fromMillis() > millis && span.fromMillis() < end) {
        if (sliceOf(span.fromMillis()) != slice) {
          return span.fromMillis();
        }
        end = (slice + 1) * widthMillis - span.shiftMillis();
      }
    }
    return end;
  }

  private long shiftAt(long millis) {
    long shift = spans.getFirst().shiftMillis();
    for (Span span : spans) {
      if (span.fromMillis() > millis) {
        break;
      }
      shift = span.shiftMillis();
    }
    return shift;
  }
}
