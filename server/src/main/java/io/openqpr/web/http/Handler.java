package io.openqpr.web.http;

/// Answers a request, blocking as it likes (each request has its own virtual thread). Throws
/// [ProblemException] for what the caller did wrong.
@FunctionalInterface
public interface Handler {

  Answer handle(Request request);
}
