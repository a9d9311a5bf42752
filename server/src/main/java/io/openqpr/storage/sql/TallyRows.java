package io.openqpr.storage.sql;

import io.openqpr.model.CodeRef;
import io.openqpr.storage.store.Tally;
import io.openqpr.storage.store.Tally.CodeCount;
import io.openqpr.storage.store.Tally.CountryCount;
import io.openqpr.storage.store.Tally.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jooq.Record6;

/// The rows of [SqlTally]'s statement, put together. They come in any order.
final class TallyRows {

  private static final SqlTally.Part[] PARTS = SqlTally.Part.values();

  private TallyRows() {}

  static Tally read(
      List<? extends Record6<Integer, Long, String, Long, Long, Long>> rows,
      long sliceBias,
      Function<Collection<Integer>, Function<Integer, CodeRef>> codesByNumber) {
    var slices = new ArrayList<Slice>();
    var countries = new ArrayList<CountryCount>();
    var codes = new TreeMap<Integer, Long>();
    long devices = 0;
    for (var row : rows) {
      long scans = row.value4();
      switch (PARTS[row.value1()]) {
        case SLICE ->
            slices.add(new Slice(row.value2() - sliceBias, scans, row.value5(), row.value6()));
        case COUNTRY -> countries.add(new CountryCount(row.value3(), scans));
        case CODE -> codes.put(row.value2().intValue(), scans);
        case DEVICES -> devices = scans;
      }
    }
    slices.sort(Comparator.comparingLong(Slice::index));
    countries.sort(
        Comparator.comparingLong(CountryCount::scans)
            .reversed()
            .thenComparing(CountryCount::country));
    return new Tally(slices, devices, countries, top(codes, codesByNumber));
  }

  private static List<CodeCount> top(
      TreeMap<Integer, Long> scansByNumber,
      Function<Collection<Integer>, Function<Integer, CodeRef>> codesByNumber) {
    Function<Integer, CodeRef> codes = codesByNumber.apply(scansByNumber.keySet());
    // The map goes by number and the sort keeps the order of equals: ties by number.
    return scansByNumber.entrySet().stream()
        .sorted(Comparator.comparingLong((Map.Entry<Integer, Long> e) -> e.getValue()).reversed())
        .map(e -> new CodeCount(codes.apply(e.getKey()).id(), e.getValue()))
        .toList();
  }
}
