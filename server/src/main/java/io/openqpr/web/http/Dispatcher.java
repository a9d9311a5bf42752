package io.openqpr.web.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.openqpr.platform.ByteBudget;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.Route.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Takes a request to its handler and the answer back.
final class Dispatcher {

  private static final Header NO_SNIFFING =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Status NO_CONTENT = Status.NO_CONTENT_204;

  private final Filter filter;
  private final Router router;
  private final ByteBudget budget;

  /// @param budget of bodies and answers under way
  Dispatcher(Filter filter, Router router, ByteBudget budget) {
    this.filter = filter;
    this.router = router;
    this.budget = budget;
  }

  void dispatch(ServerRequest request, ServerResponse response) {
    try (var memory = new RequestMemory(budget)) {
      dispatch(request, response, memory);
    }
  }

  private void dispatch(ServerRequest request, ServerResponse response, RequestMemory memory) {
    long began = System.nanoTime();
    String path = request.prologue().uriPath().rawPath();
    Router.Match match = router.find(path);
    Method method = method(request.prologue().method().text());
    Filter.Verdict verdict = filter.judge(new Request(request, List.of(), List.of(), memory));
    Answer answer;
    try {
      answer =
          verdict.refusal().isPresent()
              ? Problems.answer(verdict.refusal().get())
              : answer(request, match, method, memory);
    } catch (RuntimeException e) {
      answer = Problems.answer(e, routeOf(request, match, path));
    }
    if (!verdict.headers().isEmpty()) {
      answer = answer.with(verdict.headers());
    }
    memory.onlyFor(answer);
    match.answers().made(began);
    try {
      send(answer, method == Method.HEAD, routeOf(request, match, path), response);
    } finally {
      match.answers().answered(method, response.status().code());
    }
  }

  private Answer answer(
      ServerRequest request, Router.Match match, @Nullable Method method, RequestMemory memory) {
    Map<Method, Router.Target> targets = match.byMethod();
    if (targets.isEmpty()) {
      throw new ProblemException(
          Kind.NOT_FOUND, "There is nothing at this path; a slash at the end makes another path.");
    }
    Router.Target target = targets.get(method);
    if (target == null && method == Method.HEAD) {
      target = targets.get(Method.GET);
    }
    if (target == null) {
      return methodNotAllowed(request, targets);
    }
    return target
        .handler()
        .handle(new Request(request, target.parameterNames(), match.parameters(), memory));
  }

  private static Answer methodNotAllowed(
      ServerRequest request, Map<Method, Router.Target> targets) {
    var allowed = new TreeSet<String>();
    targets.keySet().forEach(method -> allowed.add(method.name()));
    if (targets.containsKey(Method.GET)) {
      allowed.add("HEAD");
    }
    allowed.add("OPTIONS");
    List<String> allow = List.of("Allow", String.join(", ", allowed));
    String asked = request.prologue().method().text();
    if (asked.equals("OPTIONS")) {
      return Answer.of(NO_CONTENT.code(), allow, new byte[0]);
    }
    Answer problem =
        Problems.answer(
            new Problem(
                Kind.METHOD_NOT_ALLOWED,
                "This path takes %s; got %s.".formatted(allow.get(1), Quoted.of(asked))));
    return problem.with(allow);
  }

  private static @Nullable Method method(String text) {
    return switch (text) {
      case "GET" -> Method.GET;
      case "HEAD" -> Method.HEAD;
      case "POST" -> Method.POST;
      case "PUT" -> Method.PUT;
      case "PATCH" -> Method.PATCH;
      case "DELETE" -> Method.DELETE;
      default -> null;
    };
  }

  /// For the log: the path with its parameters left out, since they may tell of somebody.
  private static String routeOf(ServerRequest request, Router.Match match, String path) {
    String route = request.prologue().method().text() + " " + path;
    for (String parameter : match.parameters()) {
      route = route.replace(parameter, "*");
    }
    return route;
  }

  private static void send(
      Answer answer, boolean withoutBody, String route, ServerResponse response) {
    switch (answer.body()) {
      case Answer.Body.Whole(byte[] bytes) when withoutBody -> {
        begin(answer, response).contentLength(bytes.length);
        response.send();
      }
      case Answer.Body.Whole(byte[] bytes) -> begin(answer, response).send(bytes);
      case Answer.Body.Streamed streamed when withoutBody -> begin(answer, response).send();
      case Answer.Body.Streamed(Answer.Body.Writing writing) ->
          stream(answer, writing, route, response);
    }
  }

  private static ServerResponse begin(Answer answer, ServerResponse response) {
    response.status(answer.status());
    response.header(NO_SNIFFING);
    List<String> headers = answer.headers();
    for (int i = 0; i < headers.size(); i += 2) {
      response.header(nameOf(headers.get(i)), headers.get(i + 1));
    }
    return response;
  }

  private static void stream(
      Answer answer, Answer.Body.Writing writing, String route, ServerResponse response) {
    var out = new AnswerStream(() -> begin(answer, response).outputStream());
    try {
      writing.to(out);
      out.close();
    } catch (IOException | RuntimeException e) {
      if (out.clientGone()) {
        throw new CloseConnectionException("the client went away", e);
      }
      Answer failure =
          Problems.answer(
              e instanceof RuntimeException r ? r : new UncheckedIOException((IOException) e),
              route);
      if (out.begun()) {
        throw new CloseConnectionException("the answer broke off", e);
      }
      send(failure, false, route, response);
    }
  }

  private static HeaderName nameOf(String name) {
    return switch (name) {
      case "Location" -> HeaderNames.LOCATION;
      case "Cache-Control" -> HeaderNames.CACHE_CONTROL;
      case "Content-Type" -> HeaderNames.CONTENT_TYPE;
      default -> HeaderNames.create(name);
    };
  }
}
