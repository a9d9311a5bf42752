package io.openqpr.web.http;

import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.wire.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came in. Used by the one thread that answers it.
public final class Request {

  private final Exchange exchange;
  private final List<String> parameterNames;
  private final List<String> parameterValues;
  private @Nullable MessageDigest digest;

  Request(Exchange exchange, List<String> parameterNames, List<String> parameterValues) {
    this.exchange = exchange;
    this.parameterNames = parameterNames;
    this.parameterValues = parameterValues;
  }

  /// The segment that stands where the route's template has `{name}`, decoded.
  ///
  /// @throws ProblemException 400 when it cannot be decoded
  public String pathParameter(String name) {
    String raw = parameterValues.get(parameterNames.indexOf(name));
    try {
      return PercentDecoder.decode(raw, false);
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      throw new ProblemException(
          new Problem(
              Kind.BAD_REQUEST,
              "The path cannot be read: " + reason + ".",
              List.of(new Problem.FieldError(name, reason))));
    }
  }

  /// The query, to be read strictly.
  public Parameters parameters() {
    return new Parameters(rawQuery());
  }

  /// As it came, without the question mark; empty where there is none.
  public String rawQuery() {
    return Objects.requireNonNullElse(exchange.query(), "");
  }

  /// As it came, such as `GET`.
  public String method() {
    return exchange.method();
  }

  /// As it came, without the query.
  public String path() {
    return exchange.path();
  }

  /// The first header of this name.
  public Optional<String> header(String name) {
    return exchange.header(name);
  }

  /// All headers of this name, in the order they came.
  public List<String> headers(String name) {
    return exchange.headers(name);
  }

  /// The body's media type in lower case, without its parameters; empty where none is given.
  public String mediaType() {
    return header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /// Who opened the connection: the client, or the last proxy before this server.
  public InetAddress peer() {
    return exchange.peer();
  }

  /// The body as a JSON object, to be read strictly.
  ///
  /// @throws ProblemException 415, 413 or 400
  public JsonBody jsonBody(int maxBytes) {
    String essence = mediaType();
    if (!essence.equals("application/json") && !essence.matches("application/[\\w.-]+\\+json")) {
      throw new ProblemException(
          Kind.UNSUPPORTED_MEDIA_TYPE,
          "The body must be JSON: send `Content-Type: application/json`; got "
              + Quoted.of(header("Content-Type").orElse("nothing"))
              + ".");
    }
    return JsonBody.parse(body(maxBytes));
  }

  /// The whole body.
  ///
  /// @throws ProblemException 413 when it is longer; no more than the limit is read
  public byte[] body(int maxBytes) {
    if (exchange.contentLength() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    try (InputStream in = bodyStream()) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw tooLarge(maxBytes);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The body as it comes in, unpacked where it came as gzip; to be had once.
  ///
  /// @throws ProblemException 415 when it is packed otherwise; 400, also while it is read, when it
  ///   breaks off or is no gzip
  public InputStream bodyStream() {
    boolean gzip = isGzip();
    InputStream in =
        exchange.isBodyRead() ? InputStream.nullInputStream() : BodyStream.of(exchange, gzip);
    return digest == null ? in : new DigestInputStream(in, digest);
  }

  private boolean isGzip() {
    String encoding = String.join(",", headers("Content-Encoding")).strip();
    return switch (encoding.toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> true;
      case "", "identity" -> false;
      default ->
          throw new ProblemException(
              Kind.UNSUPPORTED_MEDIA_TYPE,
              "The body may be packed with gzip alone, or not at all; got `Content-Encoding` %s."
                  .formatted(Quoted.of(encoding)));
    };
  }

  /// From now on what is read of the body is hashed too.
  public void hashBody() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// SHA-256 of what was read since [#hashBody].
  public byte[] bodyHash() {
    return Objects.requireNonNull(digest, "hashBody() comes first").digest();
  }

  private static ProblemException tooLarge(int maxBytes) {
    return new ProblemException(
        Kind.TOO_LARGE, "The body must have at most " + maxBytes + " bytes.");
  }
}
