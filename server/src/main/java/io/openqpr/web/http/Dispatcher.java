package io.openqpr.web.http;

import io.openqpr.platform.ByteBudget;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.Route.Method;
import io.openqpr.web.wire.Answerer;
import io.openqpr.web.wire.Exchange;
import io.openqpr.web.wire.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Takes a request to its handler and the answer back.
final class Dispatcher implements Answerer {

  private static final int NO_CONTENT = 204;

  private final Filter filter;
  private final Router router;
  private final AnswerCounts counts;
  private final ByteBudget budget;

  /// @param budget of bodies and answers under way
  Dispatcher(Filter filter, Router router, AnswerCounts counts, ByteBudget budget) {
    this.filter = filter;
    this.router = router;
    this.counts = counts;
    this.budget = budget;
  }

  @Override
  public void refuse(Refusal refusal, Exchange exchange) throws IOException {
    Answer answer = Problems.answer(ProtocolErrors.problem(refusal));
    counts.ofUnknown().answered(null, answer.status());
    if (answer.body() instanceof Answer.Body.Whole(byte[] bytes)) {
      exchange.send(answer.status(), headers(answer), bytes);
    }
  }

  @Override
  public void answer(Exchange request) throws IOException {
    try (var memory = new RequestMemory(budget)) {
      answer(request, memory);
    }
  }

  private void answer(Exchange request, RequestMemory memory) throws IOException {
    long began = System.nanoTime();
    String path = request.path();
    Router.Match match = router.find(path);
    Method method = method(request.method());
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
    int sent = answer.status();
    try {
      sent = send(answer, method == Method.HEAD, routeOf(request, match, path), request);
    } catch (IllegalArgumentException e) {
      // A header that cannot be sent; nothing was.
      sent = send(Problems.answer(e, routeOf(request, match, path)), false, "", request);
    } finally {
      match.answers().answered(method, sent);
    }
  }

  private Answer answer(
      Exchange request, Router.Match match, @Nullable Method method, RequestMemory memory) {
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

  private static Answer methodNotAllowed(Exchange request, Map<Method, Router.Target> targets) {
    var allowed = new TreeSet<String>();
    targets.keySet().forEach(method -> allowed.add(method.name()));
    if (targets.containsKey(Method.GET)) {
      allowed.add("HEAD");
    }
    allowed.add("OPTIONS");
    List<String> allow = List.of("Allow", String.join(", ", allowed));
    String asked = request.method();
    if (asked.equals("OPTIONS")) {
      return Answer.of(NO_CONTENT, allow, new byte[0]);
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
  private static String routeOf(Exchange request, Router.Match match, String path) {
    String route = request.method() + " " + path;
    for (String parameter : match.parameters()) {
      route = route.replace(parameter, "*");
    }
    return route;
  }

  /// @return the status that was sent
  private static int send(Answer answer, boolean withoutBody, String route, Exchange exchange)
      throws IOException {
    switch (answer.body()) {
      case Answer.Body.Whole(byte[] bytes) ->
          exchange.send(answer.status(), headers(answer), bytes);
      case Answer.Body.Streamed _ when withoutBody ->
          exchange.sendHead(answer.status(), headers(answer));
      case Answer.Body.Streamed(Answer.Body.Writing writing) -> {
        return stream(answer, writing, route, exchange);
      }
    }
    return answer.status();
  }

  private static List<String> headers(Answer answer) {
    var headers = new ArrayList<String>(answer.headers().size() + 2);
    headers.add("X-Content-Type-Options");
    headers.add("nosniff");
    headers.addAll(answer.headers());
    return headers;
  }

  private static int stream(
      Answer answer, Answer.Body.Writing writing, String route, Exchange exchange)
      throws IOException {
    var out = new AnswerStream(() -> exchange.open(answer.status(), headers(answer)));
    try {
      writing.to(out);
      out.close();
      return answer.status();
    } catch (IOException | RuntimeException e) {
      if (out.clientGone()) {
        throw e;
      }
      Answer failure =
          Problems.answer(
              e instanceof RuntimeException r ? r : new UncheckedIOException((IOException) e),
              route);
      if (out.begun()) {
        throw new IOException("the answer broke off", e);
      }
      return send(failure, false, route, exchange);
    }
  }
}
