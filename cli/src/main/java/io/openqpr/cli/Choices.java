package io.openqpr.cli;

import java.util.Iterator;
import java.util.List;

/// The values that some options take, to be completed. Whether a value is right, the server says: a
/// newer one may know more.
abstract class Choices implements Iterable<String> {

  private final List<String> values;

  private Choices(String... values) {
    this.values = List.of(values);
  }

  @Override
  public Iterator<String> iterator() {
    return values.iterator();
  }

  static final class OfStatus extends Choices {
    private OfStatus() {
      super("active", "paused", "archived");
    }
  }

  static final class OfTemplate extends Choices {
    private OfTemplate() {
      super("business", "rewards", "events", "personal", "hospitality", "healthcare", "retail");
    }
  }

  static final class OfDevice extends Choices {
    private OfDevice() {
      super("mobile", "tablet", "desktop", "unknown");
    }
  }

  static final class OfPeriod extends Choices {
    private OfPeriod() {
      super("today", "yesterday", "24h", "7d", "30d", "90d", "mtd", "ytd", "12mo", "all");
    }
  }

  static final class OfGranularity extends Choices {
    private OfGranularity() {
      super("hour", "day", "week", "month", "quarter", "year", "auto");
    }
  }

  static final class OfExport extends Choices {
    private OfExport() {
      super("ndjson", "csv", "parquet");
    }
  }
}
