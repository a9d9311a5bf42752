package io.openqpr.analytics.question;

import io.openqpr.analytics.scans.VisitQuery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The question that was answered, with everything that was not said filled in.
///
/// @param since included
/// @param until not included; the moment of the answer where the window goes on
/// @param granularity `null` where there is no series
/// @param filters the parameters by which they are asked for
record QuestionView(
    Instant since,
    Instant until,
    String timezone,
    @Nullable String granularity,
    Map<String, List<String>> filters) {

  static QuestionView of(Question question, Timeline timeline, Instant asOf, boolean series) {
    return new QuestionView(
        timeline.from(),
        timeline.until() == null ? asOf : timeline.until(),
        Timeline.name(question.zone()),
        series ? timeline.granularity().name().toLowerCase(Locale.ROOT) : null,
        VisitQuery.parameters(question.asked()));
  }
}
