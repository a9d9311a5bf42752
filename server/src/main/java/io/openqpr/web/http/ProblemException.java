package io.openqpr.web.http;

/// Ends a request with a problem answer. Carries no stack trace: it is an expected outcome.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public ProblemException(Problem.Kind kind, String detail) {
    this(new Problem(kind, detail));
  }

  public Problem problem() {
    return problem;
  }
}
