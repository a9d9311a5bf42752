package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import io.openqpr.model.Conversation.Status;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Template;
import io.openqpr.storage.sql.Schema.Codes;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.Trait;
import java.util.Locale;
import java.util.Objects;
import org.jooq.CaseConditionStep;
import org.jooq.Condition;
import org.jooq.Field;

/// Facets of scans in SQL, those of one account within a stretch of time.
///
/// @param from milliseconds, included
/// @param until milliseconds, not included
record TraitColumns(int account, long from, long until) {

  /// Of visits, whoever's and whenever.
  static final TraitColumns OF_VISITS = new TraitColumns(0, Long.MIN_VALUE, Long.MAX_VALUE);

  TraitColumn<?> of(Facet facet) {
    return switch (facet.trait()) {
      case COUNTRY -> TraitColumn.ofText(Scans.COUNTRY);
      case REGION -> TraitColumn.ofText(Scans.REGION);
      case CITY -> TraitColumn.ofText(Scans.CITY);
      case DEVICE ->
          new TraitColumn<>(
              Scans.DEVICE,
              word -> DeviceKind.valueOf(upper(word)).stored(),
              stored -> lower(DeviceKind.fromStored(stored)));
      case OS, BROWSER, LANGUAGE, REFERRER ->
          TraitColumn.ofText(Scans.of(Objects.requireNonNull(facet.trait().field())));
      case PARAMS ->
          TraitColumn.ofText(
              EngineField.member(
                  Scans.of(Objects.requireNonNull(Trait.PARAMS.field())), facet.name()));
      case METADATA -> TraitColumn.ofText(EngineField.member(Scans.METADATA, facet.name()));
      case QPR_CODE_ID -> TraitColumn.ofNumber(Scans.CODE);
      case TEMPLATE -> TraitColumn.ofText(template());
      case CONVERSATION ->
          new TraitColumn<>(
              Scans.CONVERSATION,
              word -> Status.valueOf(upper(word)).ordinal(),
              stored -> lower(Status.values()[stored]));
      case MESSAGES -> TraitColumn.ofNumber(Scans.MESSAGES);
      case HOUR -> TraitColumn.ofNumber(clock(facet).hour());
      case WEEKDAY -> TraitColumn.ofNumber(clock(facet).weekday());
    };
  }

  private LocalClock clock(Facet facet) {
    return LocalClock.of(facet.zone(), from, until);
  }

  /// Rows do not know it, and are joined with nothing: each template is a set of codes.
  private Field<String> template() {
    CaseConditionStep<String> cases = null;
    for (Template template : Template.values()) {
      Condition has = Scans.CODE.in(codesOf(lower(template)));
      Field<String> word = inline(lower(template));
      cases = cases == null ? when(has, word) : cases.when(has, word);
    }
    return Objects.requireNonNull(cases).otherwise((String) null);
  }

  private org.jooq.Select<org.jooq.Record1<Integer>> codesOf(String template) {
    return select(Codes.NUMBER)
        .from(Codes.TABLE)
        .where(Codes.ACCOUNT.eq(account), Codes.TEMPLATE.eq(template));
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
