package io.openqpr.analytics.scans;

import io.openqpr.model.Characters;
import io.openqpr.model.CodeId;
import io.openqpr.model.Conversation;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Params;
import io.openqpr.model.Template;
import io.openqpr.platform.Near;
import io.openqpr.storage.store.Demand.Operator;
import io.openqpr.storage.store.Trait;
import io.openqpr.web.http.JsonBody;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/// How a trait is asked for.
///
/// @param operators by which, the first without a suffix where it is [Operator#ANY]
/// @param listed whether a comma stands between values, since none can have one
/// @param value in the one form in which scans have it; throws IllegalArgumentException with what
///   would be right
record TraitGrammar(Set<Operator> operators, boolean listed, UnaryOperator<String> value) {

  private static final int LONGEST_TEXT = 200;

  private static final Set<Operator> OF_WORDS = EnumSet.of(Operator.ANY, Operator.NOT);
  private static final Set<Operator> OF_TEXTS =
      EnumSet.of(Operator.ANY, Operator.NOT, Operator.IS, Operator.CONTAINS, Operator.STARTS);

  static TraitGrammar of(Trait trait) {
    return switch (trait) {
      case COUNTRY -> words(VisitTexts::country);
      case REGION, CITY, OS, BROWSER -> texts(LONGEST_TEXT);
      case DEVICE -> words(choice(DeviceKind.class));
      case LANGUAGE ->
          new TraitGrammar(
              EnumSet.of(Operator.ANY, Operator.NOT, Operator.IS), true, VisitTexts::language);
      case REFERRER -> new TraitGrammar(OF_TEXTS, true, VisitTexts::referrer);
      case PARAMS -> texts(Params.LONGEST);
      case METADATA -> texts(LONGEST_TEXT);
      case QPR_CODE_ID ->
          new TraitGrammar(OF_WORDS, false, text -> bounded(text, CodeId.MAX_LENGTH));
      case TEMPLATE -> words(choice(Template.class));
      case CONVERSATION -> words(choice(List.of("none", "started", "open", "completed")));
      case MESSAGES ->
          new TraitGrammar(
              EnumSet.of(Operator.MIN, Operator.MAX),
              false,
              text -> number(text, 0, Conversation.MAX_MESSAGES));
      case HOUR -> words(text -> number(text, 0, 23));
      case WEEKDAY -> words(text -> number(text, 1, 7));
    };
  }

  private static TraitGrammar words(UnaryOperator<String> value) {
    return new TraitGrammar(OF_WORDS, true, value);
  }

  private static TraitGrammar texts(int longest) {
    return new TraitGrammar(OF_TEXTS, false, text -> bounded(text, longest));
  }

  /// A value for one of the operators: parts of texts are not in the form of whole ones.
  String read(Operator operator, String text) {
    return switch (operator) {
      case CONTAINS, STARTS -> bounded(text, LONGEST_TEXT);
      case ANY, NOT, IS, MIN, MAX -> value.apply(text);
    };
  }

  static String bounded(String text, int longest) {
    if (Characters.count(text) > longest || !JsonBody.isCleanText(text)) {
      throw new IllegalArgumentException("must have at most " + longest + " characters");
    }
    return text;
  }

  private static String number(String text, int least, int most) {
    if (text.matches("0|[1-9][0-9]{0,6}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return text;
      }
    }
    throw new IllegalArgumentException(
        "must be a whole number from %d to %d".formatted(least, most));
  }

  private static <E extends Enum<E>> UnaryOperator<String> choice(Class<E> type) {
    return choice(
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  private static UnaryOperator<String> choice(List<String> words) {
    return text -> {
      if (!words.contains(text)) {
        throw new IllegalArgumentException(
            "must be one of " + String.join(", ", words) + Near.hint(text, words));
      }
      return text;
    };
  }
}
