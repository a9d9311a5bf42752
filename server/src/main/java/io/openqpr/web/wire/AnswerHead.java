package io.openqpr.web.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes the line and the headers of an answer.
final class AnswerHead {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  AnswerHead(int status, DateHeader date) {
    text("HTTP/1.1 " + status + " " + reason(status) + "\r\n");
    bytes.writeBytes(date.now());
  }

  AnswerHead with(String name, String value) {
    text(name);
    text(": ");
    text(checked(name, value));
    text("\r\n");
    return this;
  }

  /// @param headers name and value alternate
  AnswerHead with(List<String> headers) {
    for (int i = 0; i < headers.size(); i += 2) {
      with(headers.get(i), headers.get(i + 1));
    }
    return this;
  }

  /// With the empty line, and what stands behind it.
  byte[] then(byte[] body, int length) {
    text("\r\n");
    bytes.write(body, 0, length);
    return bytes.toByteArray();
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.write(utf8, 0, utf8.length);
  }

  private static String checked(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' && value.charAt(i) != '\t') {
        throw new IllegalArgumentException("a control character in the header " + name);
      }
    }
    return value;
  }

  private static String reason(int status) {
    return switch (status) {
      case 100 -> "Continue";
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 302 -> "Found";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 417 -> "Expectation Failed";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> "";
    };
  }
}
