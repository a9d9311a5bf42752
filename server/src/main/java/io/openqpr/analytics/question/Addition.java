package io.openqpr.analytics.question;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.openqpr.storage.store.Counts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What stands behind the contract's fields where more is asked than the contract knows.
///
/// @param asOf the moment of everything in the answer
/// @param list by which the scans are found
record Addition(
    Instant asOf,
    QuestionView question,
    long conversations,
    @Nullable Interval conversationRateInterval,
    long messages,
    @Nullable Messages messagesPerConversation,
    String list,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, BreakdownView> breakdowns,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Map<String, @Nullable Object>> funnel,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ComparisonView comparison) {

  /// Of conversations.
  ///
  /// @param median of an even number of them the mean of the two in the middle
  /// @param p90 the smallest number that nine of ten do not exceed
  record Messages(BigDecimal mean, double median, int p90) {

    /// @param counts conversations by their messages; `null` comes of none
    static @Nullable Messages of(SortedMap<Integer, Long> counts) {
      long all = counts.values().stream().mapToLong(Long::longValue).sum();
      if (all == 0) {
        return null;
      }
      long messages = counts.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue()).sum();
      int low = at(counts, (all + 1) / 2);
      int high = at(counts, all / 2 + 1);
      return new Messages(
          AnalyticsView.ratio(messages, all, 1),
          (low + high) / 2.0,
          at(counts, Math.ceilDiv(all * 9, 10)));
    }

    /// The number of messages of the conversation of this rank, the first being 1.
    private static int at(SortedMap<Integer, Long> counts, long rank) {
      long seen = 0;
      for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
        seen += entry.getValue();
        if (seen >= rank) {
          return entry.getKey();
        }
      }
      throw new IllegalArgumentException(rank + " of " + seen);
    }
  }

  /// @param asOf as it is told; another one makes the same answer at another moment
  /// @param code the id of the code that is asked about; `null` for the account
  static Addition of(
      Question question, Analytics.Result result, @Nullable String code, Instant asOf) {
    Analytics.Side side = result.side();
    Counts counts = side.counts();
    ScanLink link = link(question, side, code, result, asOf);
    Map<String, BreakdownView> breakdowns = null;
    if (!question.breakdowns().isEmpty()) {
      breakdowns = new LinkedHashMap<>();
      for (int i = 0; i < question.breakdowns().size(); i++) {
        var facet = question.breakdowns().get(i);
        breakdowns.put(
            facet.text(),
            BreakdownView.of(
                List.of(facet), result.breakdowns().get(i), counts, link, question.funnel()));
      }
    }
    Analytics.Side other = result.other();
    return new Addition(
        asOf,
        QuestionView.of(question, side.timeline(), asOf, true),
        counts.conversations(),
        Interval.ofShare(counts.conversations(), counts.scans()),
        counts.messages(),
        Messages.of(side.messages()),
        link.all(),
        breakdowns,
        question.funnel() ? CountsView.funnel(counts, link) : null,
        other == null ? null : comparison(question, result, other, code, asOf));
  }

  private static ComparisonView comparison(
      Question question,
      Analytics.Result result,
      Analytics.Side other,
      @Nullable String code,
      Instant asOf) {
    ScanLink link = link(question, other, code, result, asOf);
    return ComparisonView.of(result.side(), other, link.until(), link.all());
  }

  /// A window that goes on is listed until the answer; what is compared with it ends with it.
  static ScanLink link(
      Question question,
      Analytics.Side side,
      @Nullable String code,
      Analytics.Result result,
      Instant asOf) {
    boolean moves = result.side().timeline().until() == null;
    Instant until = Instant.ofEpochMilli(side.until());
    boolean whole = question.range().isWhole() && side == result.side();
    return new ScanLink(
        code,
        question.asked(),
        question.zone(),
        whole ? null : side.timeline().from(),
        moves && !asOf.equals(result.asOf()) ? asOf : until);
  }
}
