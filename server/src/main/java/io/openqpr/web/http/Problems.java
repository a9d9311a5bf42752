package io.openqpr.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.openqpr.storage.store.StoreException;
import io.openqpr.web.http.Problem.FieldError;
import io.openqpr.web.http.Problem.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/// The one place where whatever went wrong becomes an answer.
final class Problems {

  private static final Logger LOG = System.getLogger(Problems.class.getName());

  static final String CONTENT_TYPE = "application/problem+json";

  private static final String RETRY_AFTER_SECONDS = "1";

  private Problems() {}

  private record View(
      String type,
      String title,
      int status,
      String detail,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {}

  static Answer answer(Problem problem) {
    var headers = new ArrayList<>(List.of("Content-Type", CONTENT_TYPE));
    if (problem.kind() == Kind.UNAUTHORIZED) {
      headers.addAll(List.of("WWW-Authenticate", "Bearer"));
    }
    if (problem.kind() == Kind.UNSUPPORTED_MEDIA_TYPE) {
      headers.addAll(List.of("Accept-Encoding", "gzip"));
    }
    if (problem.kind() == Kind.OVERLOADED) {
      headers.addAll(List.of("Retry-After", RETRY_AFTER_SECONDS));
    }
    return Answer.of(problem.kind().status(), headers, json(problem));
  }

  static byte[] json(Problem problem) {
    Kind kind = problem.kind();
    String type = "/problems/" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return Json.write(
        new View(type, kind.title(), kind.status(), problem.detail(), problem.errors()));
  }

  /// What a handler threw. A bug is logged once, under the reference that the caller is told.
  static Answer answer(RuntimeException thrown, String route) {
    return switch (thrown) {
      case ProblemException expected -> answer(expected.problem());
      case StoreException store when store.kind() != StoreException.Kind.BROKEN ->
          answer(
              new Problem(
                  Kind.OVERLOADED, "The store cannot answer right now: ask again in a moment."));
      default -> bug(thrown, route);
    };
  }

  private static Answer bug(RuntimeException thrown, String route) {
    String reference = "%08x".formatted(ThreadLocalRandom.current().nextInt());
    LOG.log(Level.ERROR, "reference " + reference + ": " + route, thrown);
    return answer(
        new Problem(
            Kind.INTERNAL,
            "Something broke on this server; nothing of it is your fault. Its log has the details"
                + " under reference "
                + reference
                + "."));
  }
}
