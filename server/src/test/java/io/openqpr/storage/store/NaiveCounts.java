package io.openqpr.storage.store;

import io.openqpr.model.Conversation.Status;
import io.openqpr.model.Scan;
import io.openqpr.storage.store.Breakdown.Row;
import io.openqpr.storage.store.BreakdownQuestion.Behind;
import io.openqpr.storage.store.BreakdownQuestion.Sort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Counts and breakdowns by counting in a loop: slow, and easy to believe.
final class NaiveCounts {

  private NaiveCounts() {}

  static List<Scan> of(List<Scan> all, ScanRange range) {
    return all.stream()
        .filter(scan ->
            scan.code().account() == range.account()
                && (range.code() == null || scan.code().number() == range.code())
                && !scan.scannedAt().isBefore(range.from())
                && scan.scannedAt().isBefore(range.until())
                && NaiveVisits.matches(range.visit(), scan))
        .toList();
  }

  static Counts counts(List<Scan> scans) {
    return new Counts(
        scans.size(),
        scans.stream().map(Scan::deviceKey).distinct().count(),
        number(scans, scan -> scan.conversation().started()),
        scans.stream().mapToLong(scan -> scan.conversation().messages()).sum(),
        number(scans, scan -> scan.conversation().messages() >= 1),
        number(scans, scan -> scan.conversation().messages() >= 3),
        number(scans, scan -> scan.conversation().messages() >= 10),
        number(scans, scan -> scan.conversation().status() == Status.COMPLETED));
  }

  private static long number(List<Scan> scans, Predicate<Scan> which) {
    return scans.stream().filter(which).count();
  }

  static SortedMap<Integer, Long> byMessages(List<Scan> scans) {
    var numbers = new TreeMap<Integer, Long>();
    for (Scan scan : scans) {
      if (scan.conversation().started()) {
        numbers.merge(scan.conversation().messages(), 1L, Long::sum);
      }
    }
    return numbers;
  }

  static Breakdown breakdown(List<Scan> all, BreakdownQuestion question) {
    List<Scan> scans = of(all, question.scans());
    Map<List<@Nullable String>, List<Scan>> groups = new HashMap<>();
    Map<String, String> codes = new HashMap<>();
    for (Scan scan : scans) {
      var values = new ArrayList<@Nullable String>();
      question.by().forEach(facet -> values.add(NaiveVisits.value(facet, scan)));
      groups.computeIfAbsent(values, _ -> new ArrayList<>()).add(scan);
      codes.put(String.valueOf(scan.code().number()), scan.code().id().text());
    }
    var nothing = new ArrayList<@Nullable String>();
    question.by().forEach(_ -> nothing.add(null));
    List<Scan> unknown = groups.getOrDefault(nothing, List.of());
    groups.remove(nothing);
    var rows = new ArrayList<Row>();
    groups.forEach((values, of) -> {
      Counts counts = counts(of);
      rows.add(new Row(values, counts, measure(question.sort(), counts)));
    });
    rows.sort(order(question.by()));
    Behind behind = question.behind();
    List<Row> left =
        behind == null
            ? rows
            : rows.stream()
                .filter(row ->
                    order(question.by())
                            .compare(row, new Row(behind.values(), Counts.NONE, behind.measure()))
                        > 0)
                .toList();
    List<Row> page = left.stream().limit(question.limit()).toList();
    var other = new ArrayList<Scan>();
    rows.stream()
        .filter(row -> !page.contains(row))
        .forEach(r -> other.addAll(groups.get(r.values())));
    Map<String, String> shown = new HashMap<>();
    for (int i = 0; i < question.by().size(); i++) {
      if (question.by().get(i).trait() == Trait.QPR_CODE_ID) {
        int at = i;
        page.forEach(row -> shown.put(row.values().get(at), codes.get(row.values().get(at))));
      }
    }
    return new Breakdown(page, left.size() > page.size(), counts(unknown), counts(other), shown);
  }

  private static long measure(Sort sort, Counts counts) {
    return switch (sort) {
      case SCANS -> counts.scans();
      case SCANS_UNIQUE_DEVICES -> counts.devices();
      case CONVERSATIONS -> counts.conversations();
      case CONVERSATION_RATE -> counts.conversations() * 1_000_000_000 / counts.scans();
      case MESSAGES -> counts.messages();
    };
  }

  private static Comparator<Row> order(List<Facet> by) {
    Comparator<Row> order = Comparator.comparingLong(Row::measure).reversed();
    for (int i = 0; i < by.size(); i++) {
      int at = i;
      Comparator<String> values = values(by.get(i).trait());
      order = order.thenComparing(row -> row.values().get(at), Comparator.nullsLast(values));
    }
    return order;
  }

  private static Comparator<String> values(Trait trait) {
    return switch (trait) {
      case DEVICE ->
          Comparator.comparing(List.of("unknown", "mobile", "tablet", "desktop")::indexOf);
      case CONVERSATION -> Comparator.comparing(List.of("none", "open", "completed")::indexOf);
      case QPR_CODE_ID, MESSAGES, HOUR, WEEKDAY -> Comparator.comparing(Integer::valueOf);
      default ->
          (a, b) ->
              Arrays.compareUnsigned(
                  a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    };
  }
}
