package io.openqpr.web.http;

import io.openqpr.web.http.Route.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the route of a path, one segment at a time; a literal segment goes before a parameter.
/// Knows every segment exactly: a trailing slash is another path.
final class Router {

  private final Node root = new Node();
  private final AnswerCounts counts;
  private final Match unknown;

  /// @param counts gets a place for each template
  Router(List<Route> routes, AnswerCounts counts) {
    this.counts = counts;
    this.unknown = new Match(Map.of(), List.of(), counts.ofUnknown());
    routes.forEach(this::add);
  }

  private void add(Route route) {
    Node node = root;
    var names = new ArrayList<String>();
    for (String segment : segments(route.template())) {
      if (segment.startsWith("{")) {
        names.add(segment.substring(1, segment.length() - 1));
        node = node.parameter == null ? node.parameter = new Node() : node.parameter;
      } else {
        node = node.literals.computeIfAbsent(segment, s -> new Node());
      }
    }
    if (node.answers == null) {
      node.answers = counts.of(route.template());
    }
    if (node.routes.put(route.method(), new Target(route.handler(), names)) != null) {
      throw new IllegalArgumentException(
          "two routes for " + route.method() + " " + route.template());
    }
  }

  /// A handler and the names of its path's parameters, in order.
  record Target(Handler handler, List<String> parameterNames) {}

  /// What was found for a path.
  ///
  /// @param byMethod empty for an unknown path
  /// @param parameters the raw segments that stand where the template has parameters
  /// @param answers where answers at this path are counted
  record Match(
      Map<Method, Target> byMethod, List<String> parameters, AnswerCounts.OfRoute answers) {}

  /// @param path raw, beginning with a slash
  Match find(String path) {
    var parameters = new ArrayList<String>(2);
    Node node = find(root, path, 0, parameters);
    return node == null || node.answers == null
        ? unknown
        : new Match(node.routes, parameters, node.answers);
  }

  private static @Nullable Node find(Node node, String path, int slash, List<String> parameters) {
    if (slash >= path.length()) {
      return node.routes.isEmpty() ? null : node;
    }
    int end = path.indexOf('/', slash + 1);
    String segment = path.substring(slash + 1, end < 0 ? path.length() : end);
    int next = end < 0 ? path.length() : end;
    Node literal = node.literals.get(segment);
    if (literal != null) {
      Node found = find(literal, path, next, parameters);
      if (found != null) {
        return found;
      }
    }
    if (node.parameter == null || segment.isEmpty()) {
      return null;
    }
    parameters.add(segment);
    Node found = find(node.parameter, path, next, parameters);
    if (found == null) {
      parameters.removeLast();
    }
    return found;
  }

  private static List<String> segments(String template) {
    return List.of(template.substring(1).split("/"));
  }

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<Method, Target> routes = new EnumMap<>(Method.class);
    @Nullable Node parameter;
    AnswerCounts.@Nullable OfRoute answers;
  }
}
