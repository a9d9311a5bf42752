package io.openqpr.analytics.question;

import io.openqpr.storage.store.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts of any set of scans as they are shown.
final class CountsView {

  private CountsView() {}

  /// @param names and values to stand before the numbers
  /// @param list by which the scans are found; `null` where no list can say it
  static Map<String, @Nullable Object> of(
      Map<String, @Nullable Object> names, Counts counts, @Nullable String list) {
    var view = new LinkedHashMap<String, @Nullable Object>(names);
    view.put("scans", counts.scans());
    view.put("scans_unique_devices", counts.devices());
    view.put("conversations", counts.conversations());
    view.put("conversation_rate", AnalyticsView.ratio(counts.conversations(), counts.scans(), 2));
    view.put(
        "conversation_rate_interval", Interval.ofShare(counts.conversations(), counts.scans()));
    view.put("messages", counts.messages());
    view.put("list", list);
    return view;
  }

  /// The stages of conversations, each a part of the scans. Pages that were shown are not counted
  /// yet.
  ///
  /// @param list of all; `null` where the stages are told without theirs
  static List<Map<String, @Nullable Object>> funnel(Counts counts, @Nullable ScanLink list) {
    return List.of(
        stage("scans", counts.scans(), counts, list == null ? null : list.all()),
        stage("page_shown", 0, counts, null),
        stage(
            "conversation_started",
            counts.conversations(),
            counts,
            list == null ? null : list.withConversations("none")),
        stage("first_message", counts.first(), counts, messages(list, Counts.FIRST)),
        stage("three_messages", counts.three(), counts, messages(list, Counts.THREE)),
        stage("ten_messages", counts.ten(), counts, messages(list, Counts.TEN)),
        stage(
            "completed",
            counts.completed(),
            counts,
            list == null ? null : list.withConversations("none", "open")));
  }

  private static @Nullable String messages(@Nullable ScanLink list, int least) {
    return list == null ? null : list.withMessages(least);
  }

  private static Map<String, @Nullable Object> stage(
      String name, long scans, Counts all, @Nullable String list) {
    var stage = new LinkedHashMap<String, @Nullable Object>();
    stage.put("stage", name);
    stage.put("scans", scans);
    stage.put("share", AnalyticsView.ratio(scans, all.scans(), 4));
    stage.put("list", list);
    return stage;
  }
}
