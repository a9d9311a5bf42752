package io.openqpr.web.http;

import io.openqpr.platform.Near;
import io.openqpr.web.http.Problem.FieldError;
import io.openqpr.web.http.Problem.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Gathers everything that is wrong with one input, to tell it all at once.
final class Mistakes {

  /// More are not told; the first ones show what is wrong.
  private static final int MOST = 50;

  private final List<FieldError> errors = new ArrayList<>();

  void add(String field, String message) {
    if (errors.size() < MOST) {
      errors.add(new FieldError(field, message));
    }
  }

  /// What to say of a name that nobody knows.
  static String unknown(String name, Collection<String> known) {
    String hint = Near.hint(name, known);
    return "is not known here"
        + hint
        + (hint.isEmpty() ? ". " : " ")
        + (known.isEmpty() ? "None are known." : "Known: " + String.join(", ", known) + ".");
  }

  /// @param what the input, such as `parameters`
  /// @throws ProblemException when there was any mistake
  void raise(String what) {
    if (errors.isEmpty()) {
      return;
    }
    FieldError first = errors.getFirst();
    String more =
        errors.size() == 1 ? "" : " (and %d more, see `errors`)".formatted(errors.size() - 1);
    throw new ProblemException(
        new Problem(
            Kind.BAD_REQUEST,
            "The %s cannot be used, nothing was changed: `%s` %s%s"
                .formatted(what, first.field(), first.message(), more),
            errors));
  }
}
