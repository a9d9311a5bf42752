package io.openqpr.storage.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Many rows, cut into statements of a size that engines plan well.
public final class Chunks {

  private static final int ROWS = 1_000;

  private Chunks() {}

  public static <T> List<List<T>> of(Collection<T> all) {
    List<T> list = List.copyOf(all);
    var chunks = new ArrayList<List<T>>();
    for (int from = 0; from < list.size(); from += ROWS) {
      chunks.add(list.subList(from, Math.min(from + ROWS, list.size())));
    }
    return chunks;
  }
}
