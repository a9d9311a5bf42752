package io.openqpr.web.http;

import java.util.List;
import java.util.Optional;

/// Looks at every request before its route is looked for.
@FunctionalInterface
public interface Filter {

  /// @param request without path parameters
  Verdict judge(Request request);

  /// @param headers for the answer, whatever it will be; name and value alternate
  /// @param refusal the answer, when the request goes no further
  record Verdict(List<String> headers, Optional<Problem> refusal) {

    public static final Verdict PASS = new Verdict(List.of(), Optional.empty());
  }
}
