package io.openqpr.storage.store;

import io.openqpr.model.CodeId;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Event;
import io.openqpr.model.IdMaker;
import io.openqpr.model.Place;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import io.openqpr.model.ScanId;
import io.openqpr.model.Template;
import io.openqpr.storage.store.CodeStore.NewCode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Codes and scans for the contract: plain ones, and random ones that collide on purpose, in times,
/// devices and countries.
final class Samples {

  static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");

  private static final Place[] PLACES = {
    new Place("DE", "BE", "Berlin"),
    new Place("DE", "HH", "Hamburg"),
    new Place("US", null, null),
    new Place("JP", "13", "Tōkyō"),
    Place.UNKNOWN
  };

  private static final Details[] DETAILS = {
    Details.NONE,
    Details.NONE
        .with(ScanField.OS, "iOS")
        .with(ScanField.BROWSER, "Safari")
        .with(ScanField.LANGUAGE, "de"),
    Details.NONE
        .with(ScanField.OS, "Android")
        .with(ScanField.BROWSER, "Chrome")
        .with(ScanField.REFERRER, "news.example.com")
        .with(ScanField.PARAMS, "{\"table\":\"12\\\"ä\"}"),
    Details.NONE
        .with(ScanField.LANGUAGE, "de-AT")
        .with(ScanField.PARAMS, "{\"utm_source\":\"a,b\",\"p.table\":\"1\"}"),
    Details.NONE
        .with(ScanField.OS, "iOS")
        .with(ScanField.LANGUAGE, "den")
        .with(ScanField.PARAMS, "{\"p.table\":\"1\",\"utm_source\":\"a,b\"}"),
    Details.NONE
        .with(ScanField.BROWSER, "Safari")
        .with(ScanField.LANGUAGE, "fr")
        .with(ScanField.PARAMS, "{\"utm_source\":\"a,\\\"p.table\\\":\\\"1\\\"\"}")
  };

  private static final String[] METADATA = {
    QprCode.NO_METADATA,
    QprCode.NO_METADATA,
    "{\"table\":\"12 \\u00e4\"}",
    "{\"floor\":3,\"on\":true}",
    "{\"nested\":{\"floor\":3},\"floor\":\"3\"}",
    "{\"floor\":-7,\"a/b~\\\"c\":\"1\",\"table\":\"x'y\"}",
    "{\"floor\":2.50,\"table\":\"\",\"none\":\"none\"}",
    "{\"floor\":null,\"table\":[1,\"12\"],\"on\":1e2}",
    "{\"floor\":3,\"table\":\"a\\u0000b\"}"
  };

  /// Events of a journal that end at this position, a hundred bytes each.
  static List<PlacedEvent> placed(long last, List<Event> events) {
    var placed = new ArrayList<PlacedEvent>();
    for (int i = 0; i < events.size(); i++) {
      placed.add(new PlacedEvent(last - 100L * (events.size() - 1 - i), events.get(i)));
    }
    return placed;
  }

  private final IdMaker ids = new IdMaker(Clock.fixed(BORN, ZoneOffset.UTC), new SecureRandom());
  private int made;

  NewCode code(int account, String name) {
    String shortId = "s%05d".formatted(made++);
    return new NewCode(
        account,
        new CodeId(ids.next("qpr_")),
        shortId,
        name,
        "prompt",
        null,
        template(shortId),
        null,
        QprCode.NO_METADATA,
        BORN);
  }

  /// Of the code with this short id, so that a loop over scans knows it.
  static @Nullable Template template(String shortId) {
    return switch (Integer.parseInt(shortId.substring(1)) % 4) {
      case 1 -> Template.RETAIL;
      case 2 -> Template.EVENTS;
      default -> null;
    };
  }

  Scan scan(QprCode code, Instant time) {
    return scan(code, time, ids.scanAt(time));
  }

  static Scan scan(QprCode code, Instant time, ScanId id) {
    return new Scan(
        id,
        code.ref(),
        time,
        PLACES[0],
        DeviceKind.MOBILE,
        42,
        Conversation.NONE,
        DETAILS[1],
        code.metadata());
  }

  Scan random(RandomGenerator random, QprCode code, Instant from, Instant until) {
    long millis = random.nextLong(from.toEpochMilli(), until.toEpochMilli());
    Instant time =
        Instant.ofEpochMilli(random.nextInt(4) == 0 ? millis / 3_600_000 * 3_600_000 : millis);
    int messages = random.nextInt(6);
    return new Scan(
        time.isBefore(Instant.EPOCH) ? new ScanId("old/" + made++) : ids.scanAt(time),
        code.ref(),
        time,
        PLACES[random.nextInt(PLACES.length)],
        DeviceKind.values()[random.nextInt(DeviceKind.values().length)],
        random.nextInt(200) - 100L,
        random.nextBoolean()
            ? Conversation.NONE
            : new Conversation(
                random.nextBoolean() ? Conversation.Status.OPEN : Conversation.Status.COMPLETED,
                messages),
        DETAILS[random.nextInt(DETAILS.length)],
        METADATA[random.nextInt(METADATA.length)]);
  }
}
