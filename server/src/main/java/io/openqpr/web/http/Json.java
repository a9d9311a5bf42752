package io.openqpr.web.http;

import java.time.Instant;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// JSON as the API speaks it: names in snake case and in the record's order, times as ISO-8601 in
/// UTC with milliseconds only when they are not zero, enums as lower-case names, nulls written.
public final class Json {

  private static final int MAX_NESTING = 50;
  private static final int MAX_NUMBER_LENGTH = 100;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(ourTypes())
          .build();

  /// For a value that others follow.
  private static final ObjectReader ONE_OF_MANY =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /// Reads one value, strictly.
  public static JsonParser parser(byte[] bytes, int length) {
    return MAPPER.createParser(bytes, 0, length);
  }

  /// The object or array at which the parser is, as compact text; the parser is behind it then.
  public static String compact(JsonParser parser) {
    return MAPPER.writeValueAsString(ONE_OF_MANY.readTree(parser));
  }

  private static SimpleModule ourTypes() {
    return new SimpleModule()
        .addSerializer(RawJson.class, writing((raw, json) -> json.writeRawValue(raw.text())))
        // Instant prints three digits where there are milliseconds and none where there are not.
        .addSerializer(Instant.class, writing((time, json) -> json.writeString(time.toString())))
        .addSerializer(
            Enum.class,
            writing((choice, json) -> json.writeString(choice.name().toLowerCase(Locale.ROOT))));
  }

  @FunctionalInterface
  private interface Writing<T> {
    void write(T value, JsonGenerator json);
  }

  private static <T> ValueSerializer<T> writing(Writing<T> writing) {
    return new ValueSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator json, SerializationContext context) {
        writing.write(value, json);
      }
    };
  }
}
