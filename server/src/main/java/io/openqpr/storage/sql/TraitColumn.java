package io.openqpr.storage.sql;

import java.util.function.Function;
import org.jooq.Field;

/// What a row says of a facet of its scan.
///
/// @param field `null` where there is none
/// @param stored a value as it stands in rows
/// @param text a value of a row as people see it
record TraitColumn<T>(Field<T> field, Function<String, T> stored, Function<T, String> text) {

  static TraitColumn<String> ofText(Field<String> field) {
    return new TraitColumn<>(field, text -> text, text -> text);
  }

  static TraitColumn<Integer> ofNumber(Field<Integer> field) {
    return new TraitColumn<>(field, Integer::valueOf, String::valueOf);
  }
}
