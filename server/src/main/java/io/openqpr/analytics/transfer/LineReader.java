package io.openqpr.analytics.transfer;

import io.openqpr.analytics.scans.VisitTexts;
import io.openqpr.code.CodeDraft;
import io.openqpr.model.Characters;
import io.openqpr.model.CodeId;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import io.openqpr.model.QprCode;
import io.openqpr.model.ScanField;
import io.openqpr.model.ScanId;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Problem.FieldError;
import io.openqpr.web.http.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes a scan of a line's values, or tells everything that is wrong with them.
final class LineReader {

  private static final int MAX_SHORT_ID = 64;
  private static final int MAX_PLACE = 200;
  private static final int MAX_FAMILY = 100;

  /// As JSON writes them: 6.0 and 6e0 are whole numbers too.
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,20}(?:\\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?");

  private static final BigDecimal MOST_MESSAGES = BigDecimal.valueOf(Conversation.MAX_MESSAGES);

  private final Line.Values line;
  private final ScanTimes times;
  private final List<FieldError> errors = new ArrayList<>();

  private LineReader(Line.Values line, ScanTimes times) {
    this.line = line;
    this.times = times;
  }

  /// What a line was read as.
  sealed interface Outcome {

    record Good(Incoming scan) implements Outcome {}

    record Bad(List<FieldError> errors) implements Outcome {}
  }

  /// @param times that a scan can have
  static Outcome read(Line.Values line, ScanTimes times) {
    return new LineReader(line, times).read();
  }

  private Outcome read() {
    String id = required(ScanField.ID, ScanId.MAX_LENGTH);
    reachable(ScanField.ID, !ScanId.isUnreachable(id));
    String code = required(ScanField.QPR_CODE_ID, CodeId.MAX_LENGTH);
    reachable(ScanField.QPR_CODE_ID, !CodeId.isUnreachable(code));
    Instant time = parsed(ScanField.SCANNED_AT, times::read, Instant.EPOCH);
    if (line.get(ScanField.SCANNED_AT) == null) {
      errors.add(new FieldError(ScanField.SCANNED_AT.text(), "is missing"));
    }
    String shortId = text(ScanField.SHORT_ID, MAX_SHORT_ID);
    String country = parsedText(ScanField.COUNTRY, VisitTexts::country);
    var place =
        new Place(country, text(ScanField.REGION, MAX_PLACE), text(ScanField.CITY, MAX_PLACE));
    DeviceKind device = parsed(ScanField.DEVICE, LineReader::device, DeviceKind.UNKNOWN);
    Conversation conversation = conversation();
    Details details = details();
    String metadata = metadata();
    if (!errors.isEmpty()) {
      return new Outcome.Bad(errors);
    }
    return new Outcome.Good(
        new Incoming(
            line.number(),
            new ScanId(id),
            new CodeId(code),
            shortId,
            Instant.ofEpochMilli(time.toEpochMilli()),
            place,
            device,
            conversation,
            details,
            metadata));
  }

  private String required(ScanField column, int maxLength) {
    String text = text(column, maxLength);
    String given = line.get(column);
    if (given == null || given.isEmpty()) {
      errors.add(new FieldError(column.text(), "is missing"));
    }
    return text == null || text.isEmpty() ? "-" : text;
  }

  private void reachable(ScanField column, boolean isReachable) {
    if (!isReachable) {
      errors.add(
          new FieldError(
              column.text(),
              "is a word of the API's own paths, so that it could never be asked for: name it"
                  + " otherwise; got "
                  + shown(String.valueOf(line.get(column)))));
    }
  }

  private @Nullable String text(ScanField column, int maxLength) {
    String text = line.get(column);
    if (text == null) {
      return null;
    }
    int length = Characters.count(text);
    if (length > maxLength) {
      errors.add(
          new FieldError(
              column.text(),
              "must have at most %d characters; got %d".formatted(maxLength, length)));
      return null;
    }
    if (!JsonBody.isCleanText(text)) {
      errors.add(new FieldError(column.text(), "must be valid Unicode without control characters"));
      return null;
    }
    return text;
  }

  private <T extends @Nullable Object> T parsed(
      ScanField column, Function<String, T> parser, T fallback) {
    String text = line.get(column);
    if (text == null) {
      return fallback;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError(column.text(), e.getMessage() + "; got " + shown(text)));
      return fallback;
    }
  }

  private @Nullable String parsedText(ScanField column, Function<String, String> parser) {
    return this.<@Nullable String>parsed(column, parser::apply, null);
  }

  private static DeviceKind device(String text) {
    for (DeviceKind kind : DeviceKind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("must be one of mobile, tablet, desktop, unknown");
  }

  private Conversation conversation() {
    Boolean started =
        this.<@Nullable Boolean>parsed(ScanField.CONVERSATION_STARTED, LineReader::flag, null);
    int messages = parsed(ScanField.CONVERSATION_MESSAGES, LineReader::messages, 0);
    if (started == null) {
      started = messages > 0;
    }
    if (!started && messages > 0) {
      errors.add(
          new FieldError(
              ScanField.CONVERSATION_MESSAGES.text(),
              "must be 0 where no conversation was started; got " + messages));
      return Conversation.NONE;
    }
    return started ? new Conversation(Conversation.Status.COMPLETED, messages) : Conversation.NONE;
  }

  private static Boolean flag(String text) {
    // Spreadsheets write them in capitals.
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static Integer messages(String text) {
    if (NUMBER.matcher(text).matches()) {
      var number = new BigDecimal(text);
      if (number.signum() >= 0
          && number.compareTo(MOST_MESSAGES) <= 0
          && number.stripTrailingZeros().scale() <= 0) {
        return number.intValueExact();
      }
    }
    throw new IllegalArgumentException(
        "must be a whole number from 0 to " + Conversation.MAX_MESSAGES);
  }

  private Details details() {
    return Details.of(detail ->
        switch (detail) {
          case LANGUAGE -> parsedText(detail, VisitTexts::language);
          case REFERRER -> parsedText(detail, VisitTexts::referrer);
          case PARAMS -> parsedText(detail, ParamsReader::read);
          default -> text(detail, MAX_FAMILY);
        });
  }

  private String metadata() {
    String text = line.get(ScanField.METADATA);
    if (text == null || text.equals(QprCode.NO_METADATA)) {
      return QprCode.NO_METADATA;
    }
    try {
      return CodeDraft.METADATA.checked(ScanField.METADATA.text(), text);
    } catch (ProblemException e) {
      errors.addAll(e.problem().errors());
      return QprCode.NO_METADATA;
    }
  }

  private static String shown(String text) {
    return "`" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "`";
  }
}
