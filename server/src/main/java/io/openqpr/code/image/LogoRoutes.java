package io.openqpr.code.image;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.model.Scope;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.util.List;

/// `/v1/logo`: put, get, delete the account's logo.
final class LogoRoutes {

  private final Logos logos;
  private final Studio studio;
  private final Gate gate;

  LogoRoutes(Logos logos, Studio studio, Gate gate) {
    this.logos = logos;
    this.studio = studio;
    this.gate = gate;
  }

  List<Route> routes() {
    return List.of(
        Route.put("/v1/logo", gate.guard(Scope.CODES_WRITE, this::put)),
        Route.get("/v1/logo", gate.guard(Scope.CODES_READ, this::get)),
        Route.delete("/v1/logo", gate.guard(Scope.CODES_WRITE, this::delete)));
  }

  /// The logo as it is kept.
  private record View(int width, int height, int bytes) {}

  private Answer put(Caller caller, Request request) {
    request.parameters().done();
    String mediaType = request.mediaType();
    Upload.requireKnown(mediaType);
    byte[] bytes = request.body(Upload.MAX_BYTES);
    Logo logo = studio.make(Studio.LARGE_BYTES, () -> Upload.read(mediaType, bytes));
    logos.put(caller.account(), logo);
    return Answer.json(new View(logo.width(), logo.height(), logo.png().length));
  }

  private Answer get(Caller caller, Request request) {
    request.parameters().done();
    Logo logo = logos.find(caller.account()).orElseThrow(LogoRoutes::absent);
    return Answer.file(Format.PNG.mediaType(), logo.png())
        .with(List.of("Cache-Control", "private, no-cache"));
  }

  private Answer delete(Caller caller, Request request) {
    request.parameters().done();
    if (!logos.remove(caller.account())) {
      throw absent();
    }
    return Answer.nothing();
  }

  private static ProblemException absent() {
    return new ProblemException(
        Kind.NOT_FOUND, "Your account has no logo; send one with PUT /v1/logo.");
  }
}
