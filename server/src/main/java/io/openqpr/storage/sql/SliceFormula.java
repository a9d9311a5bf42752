package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.Slicing;
import io.openqpr.storage.store.TallyQuestion;
import java.util.ArrayList;
import java.util.List;
import org.jooq.CaseConditionStep;
import org.jooq.Field;

/// [Slicing] in SQL: `floor((scanned_at + shift) / width)`, as numbers that are larger than the
/// slices' by [#bias].
///
/// Integer division of SQL cuts toward zero, which is the floor only from zero up; the bias lifts
/// every time above it.
///
/// @param slice of a scan's row, with the bias
/// @param bias to take away
record SliceFormula(Field<Long> slice, long bias) {

  /// More milliseconds than any time is before 1970.
  private static final long LIFT_MILLIS = 1L << 58;

  static SliceFormula of(TallyQuestion question) {
    long width = question.slicing().widthMillis();
    long bias = LIFT_MILLIS / width;
    Field<Long> lifted = Scans.SCANNED_AT.plus(shift(spans(question), bias * width));
    return new SliceFormula(EngineField.quotient(lifted, width), bias);
  }

  /// Those in which the question's scans lie, in order.
  private static List<Slicing.Span> spans(TallyQuestion question) {
    var spans = new ArrayList<Slicing.Span>();
    for (Slicing.Span span : question.slicing().spans()) {
      if (span.fromMillis() <= question.from().toEpochMilli()) {
        spans.clear();
      }
      if (spans.isEmpty() || span.fromMillis() < question.until().toEpochMilli()) {
        spans.add(span);
      }
    }
    return spans;
  }

  private static Field<Long> shift(List<Slicing.Span> spans, long lift) {
    Field<Long> first = inline(spans.getFirst().shiftMillis() + lift);
    CaseConditionStep<Long> cases = null;
    for (Slicing.Span span : spans.subList(1, spans.size()).reversed()) {
      Field<Long> shift = inline(span.shiftMillis() + lift);
      var begun = Scans.SCANNED_AT.ge(inline(span.fromMillis()));
      cases = cases == null ? when(begun, shift) : cases.when(begun, shift);
    }
    return cases == null ? first : cases.otherwise(first);
  }
}
