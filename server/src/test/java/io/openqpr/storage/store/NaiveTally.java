package io.openqpr.storage.store;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.openqpr.model.Scan;
import io.openqpr.storage.store.Tally.CodeCount;
import io.openqpr.storage.store.Tally.CountryCount;
import io.openqpr.storage.store.Tally.Slice;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The same question answered by counting in a loop: slow, and easy to believe.
final class NaiveTally {

  private NaiveTally() {}

  static Tally of(List<Scan> all, TallyQuestion question) {
    List<Scan> scans = all.stream().filter(scan -> matches(scan, question)).toList();
    return new Tally(
        slices(scans, question.slicing()),
        scans.stream().map(Scan::deviceKey).distinct().count(),
        countries(scans),
        question.code() == null ? codes(scans) : List.of());
  }

  private static boolean matches(Scan scan, TallyQuestion question) {
    return scan.code().account() == question.account()
        && (question.code() == null || scan.code().number() == question.code())
        && !scan.scannedAt().isBefore(question.from())
        && scan.scannedAt().isBefore(question.until())
        && NaiveVisits.matches(question.visit(), scan);
  }

  private static List<Slice> slices(List<Scan> scans, Slicing slicing) {
    var byIndex = new TreeMap<Long, Slice>();
    for (Scan scan : scans) {
      long index = slicing.sliceOf(scan.scannedAt().toEpochMilli());
      int conversations = scan.conversation().started() ? 1 : 0;
      byIndex.merge(
          index,
          new Slice(index, 1, conversations, scan.conversation().messages()),
          (a, b) ->
              new Slice(
                  index,
                  a.scans() + b.scans(),
                  a.conversations() + b.conversations(),
                  a.messages() + b.messages()));
    }
    return List.copyOf(byIndex.values());
  }

  private static List<CountryCount> countries(List<Scan> scans) {
    Map<String, Long> counts =
        scans.stream()
            .filter(scan -> scan.place().country() != null)
            .collect(groupingBy(scan -> scan.place().country(), counting()));
    return top(counts, Comparator.naturalOrder()).stream()
        .map(entry -> new CountryCount(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<CodeCount> codes(List<Scan> scans) {
    Map<Integer, Scan> byNumber =
        scans.stream()
            .collect(
                Collectors.toMap(scan -> scan.code().number(), Function.identity(), (a, b) -> a));
    Map<Integer, Long> counts =
        scans.stream().collect(groupingBy(scan -> scan.code().number(), counting()));
    return top(counts, Comparator.naturalOrder()).stream()
        .map(entry -> new CodeCount(byNumber.get(entry.getKey()).code().id(), entry.getValue()))
        .toList();
  }

  private static <K> List<Map.Entry<K, Long>> top(Map<K, Long> counts, Comparator<K> ties) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<K, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(ties)))
        .limit(Tally.TOP)
        .toList();
  }
}
