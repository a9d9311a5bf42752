package io.openqpr.web.http;

import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// JSON as the API speaks it: names in snake case and in the record's order, times as ISO-8601 in
/// UTC with milliseconds only when they are not zero, enums as lower-case names, nulls written.
///
/// What callers send of their own keeps the order of its keys, and its numbers as they were
/// written.
public final class Json {

  private static final int MAX_NESTING = 50;
  private static final int MAX_NUMBER_LENGTH = 100;

  /// Names, values, beginnings and ends: twice as many as a thousand codes with fifty keys of
  /// metadata each have. They may take a hundred times as much as their text.
  static final int MAX_TOKENS = 250_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxTokenCount(MAX_TOKENS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(ourTypes())
          .build();

  private Json() {}

  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /// Reads one value, strictly.
  public static JsonParser parser(byte[] bytes, int length) {
    return MAPPER.createParser(bytes, 0, length);
  }

  /// The value at which the parser is, as compact text; the parser is at its end then.
  public static String compact(JsonParser parser) {
    return text(tree(parser));
  }

  /// The one value of a text; a missing node where there is none.
  ///
  /// @throws JacksonException when it is no JSON, or more than one value
  static JsonNode read(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() == null) {
        return MissingNode.getInstance();
      }
      JsonNode node = tree(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "has more than one value");
      }
      return node;
    }
  }

  static ObjectNode emptyObject() {
    return MAPPER.createObjectNode();
  }

  /// Recursion is bounded by the parser, which refuses deeper nesting.
  private static JsonNode tree(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = MAPPER.createObjectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.set(name, tree(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = MAPPER.createArrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(tree(parser));
        }
        yield array;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_STRING -> StringNode.valueOf(parser.getString());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.getInstance();
      case null, default -> throw new StreamReadException(parser, "ends inside a value");
    };
  }

  private static JsonNode number(JsonParser parser) {
    try {
      return new WrittenNumber(parser.getString());
    } catch (NumberFormatException e) {
      throw new StreamReadException(parser, "has a number whose exponent is out of range", e);
    }
  }

  /// As compact text, numbers as they came.
  static String text(JsonNode node) {
    var text = new StringWriter();
    try (JsonGenerator json = MAPPER.createGenerator(text)) {
      write(node, json);
    }
    return text.toString();
  }

  private static void write(JsonNode node, JsonGenerator json) {
    switch (node) {
      case ObjectNode object -> {
        json.writeStartObject();
        for (var property : object.properties()) {
          json.writeName(property.getKey());
          write(property.getValue(), json);
        }
        json.writeEndObject();
      }
      case ArrayNode array -> {
        json.writeStartArray();
        array.forEach(element -> write(element, json));
        json.writeEndArray();
      }
      case WrittenNumber number -> json.writeNumber(number.text());
      default -> json.writeTree(node);
    }
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
