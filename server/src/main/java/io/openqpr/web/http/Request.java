package io.openqpr.web.http;

import io.openqpr.platform.ByteBudget;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.wire.Exchange;
import java.io.ByteArrayOutputStream;
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

  private static final int PART_BYTES = 64 * 1024;

  private final Exchange exchange;
  private final List<String> parameterNames;
  private final List<String> parameterValues;
  private final RequestMemory memory;
  private @Nullable MessageDigest digest;

  Request(
      Exchange exchange,
      List<String> parameterNames,
      List<String> parameterValues,
      RequestMemory memory) {
    this.exchange = exchange;
    this.memory = memory;
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
    byte[] bytes = body(memory.mostJson(maxBytes));
    memory.addJson(bytes);
    return JsonBodies.parse(bytes);
  }

  /// Says that answering takes so much of the heap at the most, about, before it is taken; waits
  /// where others hold too much. It is given back when the answer is sent.
  ///
  /// @throws ProblemException 503 when there is no room in time
  public void reserve(long bytes) {
    memory.add(bytes);
  }

  /// The same of a budget of its own.
  public void reserve(ByteBudget budget, long bytes) {
    memory.add(budget, bytes);
  }

  /// The whole body.
  ///
  /// @throws ProblemException 413 when it is longer; no more than the limit is read
  public byte[] body(int maxBytes) {
    if (exchange.contentLength() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    try (InputStream in = bodyStream()) {
      byte[] bytes = weighed(in, maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw tooLarge(maxBytes);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In parts, each counted when it is there: whoever only says that much will come holds nothing.
  private byte[] weighed(InputStream in, int maxBytes) throws IOException {
    byte[] part = in.readNBytes(Math.min(maxBytes, RequestMemory.UNWEIGHED_BYTES));
    if (part.length < RequestMemory.UNWEIGHED_BYTES) {
      return part;
    }
    var parts = new ByteArrayOutputStream(2 * part.length);
    while (part.length > 0) {
      memory.add(2L * part.length);
      parts.writeBytes(part);
      part = in.readNBytes(Math.min(maxBytes - parts.size(), PART_BYTES));
    }
    return parts.toByteArray();
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
