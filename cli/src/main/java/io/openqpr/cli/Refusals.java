package io.openqpr.cli;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What went wrong, as one line for people.
final class Refusals {

  private Refusals() {}

  /// A problem's detail and each field's error; of an answer that is no problem document, its
  /// status.
  static Failure of(String url, int status, @Nullable String location, byte[] body) {
    if (location != null) {
      return Failure.refused(
          "%s answered %d and points to %s; give that server with --url"
              .formatted(url, status, location),
          status);
    }
    JsonNode problem = parse(body);
    String detail = problem == null ? "" : Reply.text(problem, "detail");
    if (problem == null || detail.isEmpty()) {
      return Failure.refused(url + " answered " + status + " without saying why", status);
    }
    List<String> sentences = new ArrayList<>(List.of(detail));
    for (JsonNode error : problem.path("errors")) {
      String field = Reply.text(error, "field");
      String message = Reply.text(error, "message");
      // The detail quotes the first of them.
      if (!detail.contains("`" + field + "` " + message)) {
        sentences.add(field + ": " + message);
      }
    }
    return Failure.refused(String.join("; ", sentences), status);
  }

  private static @Nullable JsonNode parse(byte[] body) {
    try {
      return Reply.parse(body);
    } catch (JacksonException e) {
      return null;
    }
  }

  static Failure unreachable(String url, Exception cause) {
    return Failure.unreachable("the server at " + url + " is not reachable: " + why(cause));
  }

  static String why(Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "its name is not known";
      }
    }
    return switch (thrown) {
      case HttpTimeoutException e -> "it does not answer";
      case NoSuchFileException e -> "there is no such file or folder";
      case AccessDeniedException e -> "you may not";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      case SSLException e -> "no secure connection: " + e.getMessage();
      case ConnectException e -> "nothing listens there; `qpr serve` starts a server";
      default -> {
        String message = thrown.getMessage();
        yield message == null ? thrown.getClass().getSimpleName() : message;
      }
    };
  }
}
