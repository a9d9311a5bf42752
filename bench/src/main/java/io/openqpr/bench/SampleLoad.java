package io.openqpr.bench;

import com.github.f4b6a3.ulid.Ulid;
import io.openqpr.model.CodeId;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.storage.store.CodeStore.NewCode;
import io.openqpr.storage.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/// Loads a year of scans through the store's bulk path: one scan in twenty is of the hot code, the
/// others are spread evenly over all codes, so that a usual code has about twenty.
final class SampleLoad {

  private static final int BATCH = 1_000_000;
  private static final Duration YEAR = Duration.ofDays(365);

  private static final Place[] PLACES = {
    new Place("US", "CA", "San Francisco"), new Place("US", "NY", "New York"),
    new Place("GB", "ENG", "London"), new Place("DE", "BE", "Berlin"),
    new Place("FR", "IDF", "Paris"), new Place("ES", "MD", "Madrid"),
    new Place("JP", "13", "Tokyo"), new Place("BR", "SP", "São Paulo"),
    new Place("IN", "MH", "Mumbai"), new Place("CA", "ON", "Toronto"),
    new Place("MX", "CMX", "Mexico City"), Place.UNKNOWN
  };

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private final Store store;
  private final Instant end;
  private final int scans;

  SampleLoad(Store store, Clock clock, int scans) {
    this.store = store;
    this.end = clock.instant();
    this.scans = scans;
  }

  /// @param rare scanned once, long ago
  /// @param middleCursor of the list, half a year back
  record Codes(QprCode rare, QprCode usual, QprCode hot, String middleCursor) {}

  Codes run() {
    Instant start = end.minus(YEAR);
    int account = store.accounts().first().orElseThrow().number();
    List<QprCode> codes = createCodes(account, start);
    QprCode rare = codes.removeLast();
    QprCode hot = codes.getFirst();
    store.scans().load(List.of(scan(rare, start.plus(Duration.ofDays(40)))));
    long began = System.nanoTime();
    for (int loaded = 1; loaded < scans; ) {
      int size = Math.min(BATCH, scans - loaded);
      var batch = new ArrayList<Scan>(size);
      for (int i = 0; i < size; i++) {
        QprCode code = random.nextInt(20) == 0 ? hot : codes.get(random.nextInt(codes.size()));
        batch.add(scan(code, start.plusMillis(YEAR.toMillis() / scans * (loaded + i))));
      }
      store.scans().load(batch);
      loaded += size;
      System.out.printf(
          "\rLoading %,d of %,d scans, %,.0f a second ",
          loaded, scans, loaded / ((System.nanoTime() - began) / 1e9));
    }
    String middle = "1:" + start.plus(YEAR.dividedBy(2)).toEpochMilli() + ":scan_";
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(middle.getBytes(StandardCharsets.UTF_8));
    return new Codes(rare, codes.get(codes.size() / 2), hot, cursor);
  }

  private List<QprCode> createCodes(int account, Instant start) {
    int count = scans / 20;
    var codes = new ArrayList<QprCode>(count);
    for (int from = 0; from < count; from += 100_000) {
      var some = new ArrayList<NewCode>();
      for (int i = from; i < Math.min(count, from + 100_000); i++) {
        some.add(newCode(account, i, start));
      }
      codes.addAll(store.codes().createAll(some));
      System.out.printf("\rCreating %,d of %,d codes ", codes.size(), count);
    }
    System.out.println();
    return codes;
  }

  private static NewCode newCode(int account, int i, Instant start) {
    return new NewCode(
        account,
        new CodeId("qpr_" + Ulid.min(start.toEpochMilli() + i)),
        "%06d".formatted(i),
        "Code " + i,
        "prompt",
        null,
        null,
        null,
        QprCode.NO_METADATA,
        start);
  }

  private Scan scan(QprCode code, Instant time) {
    byte[] noise = new byte[Ulid.RANDOM_BYTES];
    random.nextBytes(noise);
    int messages = random.nextInt(100) < 60 ? 1 + random.nextInt(10) : 0;
    return new Scan(
        new ScanId(ScanId.PREFIX + new Ulid(time.toEpochMilli(), noise)),
        code.ref(),
        time,
        PLACES[random.nextInt(PLACES.length)],
        DeviceKind.MOBILE,
        random.nextLong() >>> 38,
        messages == 0 ? Conversation.NONE : new Conversation(Conversation.Status.OPEN, messages),
        Details.NONE,
        QprCode.NO_METADATA);
  }
}
