package io.openqpr.web.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request and its answer, for the one thread of its connection.
///
/// A connection ends after the answer where the client wants it so, where the server is about to
/// end, and whenever the body was not read to its end: what follows might be anything.
public final class Exchange {

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /// What is shorter goes out together with the head.
  private static final int SMALL_BYTES = 16 * 1024;

  private final Link link;
  private final Inbound in;
  private final Serving serving;
  private final @Nullable Head head;
  private final @Nullable Body body;
  private long length;
  private boolean invited;
  private boolean last;
  private boolean answered;
  private @Nullable AnswerBody stream;

  private Exchange(
      Link link, Inbound in, Serving serving, @Nullable Head head, @Nullable Body body) {
    this.link = link;
    this.in = in;
    this.serving = serving;
    this.head = head;
    this.body = body;
  }

  /// @throws RefusedException when nobody could answer it
  static Exchange of(Head head, Link link, Inbound in, Serving serving) throws RefusedException {
    int hosts = head.all("Host").size();
    if (hosts > 1 || hosts == 0 && !head.isOldVersion()) {
      throw RefusedException.malformed();
    }
    Framing framing = Framing.of(head);
    Optional<String> expected = head.isOldVersion() ? Optional.empty() : head.first("Expect");
    if (expected.isPresent() && !expected.get().equalsIgnoreCase("100-continue")) {
      throw new RefusedException(Refusal.UNKNOWN_EXPECTATION);
    }
    in.beginBody();
    var exchange = new Exchange(link, in, serving, head, Body.of(framing, in));
    exchange.length = framing.length();
    exchange.invited = expected.isEmpty() || !framing.hasBody();
    return exchange;
  }

  /// For telling that no request came.
  static Exchange refused(Link link, Inbound in, Serving serving) {
    return new Exchange(link, in, serving, null, null);
  }

  private Head head() {
    return Objects.requireNonNull(head, "no request came");
  }

  private Body requestBody() {
    return Objects.requireNonNull(body, "no request came");
  }

  /// As it came, such as `GET`.
  public String method() {
    return head().method();
  }

  /// As it came, without the query; of bytes beyond ASCII, and of whole URLs, see [Target].
  public String path() {
    return head().target().path();
  }

  /// Without the question mark; `null` where there is none.
  public @Nullable String query() {
    return head().target().query();
  }

  /// The first header of this name, in any case of its letters.
  public Optional<String> header(String name) {
    return head().first(name);
  }

  /// All headers of this name, in the order they came.
  public List<String> headers(String name) {
    return head().all(name);
  }

  /// Who opened the connection.
  public InetAddress peer() {
    return link.peer();
  }

  /// Whether nothing is left of the body, or there was none.
  public boolean isBodyRead() {
    return body != null && body.hasEnded();
  }

  /// Of the body, where it was told before; else 0.
  public long contentLength() {
    return length;
  }

  /// The body as it comes in. Where the client waits to be asked for it, it is asked now.
  ///
  /// Reading throws when the body breaks off, is crooked, or comes too slowly.
  public InputStream body() throws IOException {
    if (!invited) {
      invited = true;
      if (in.isEmpty()) {
        link.write(CONTINUE, 0, CONTINUE.length);
      }
    }
    return requestBody();
  }

  /// Answers with all at once.
  ///
  /// @param headers name and value alternate; length, date and connection are added
  public void send(int status, List<String> headers, byte[] whole) throws IOException {
    AnswerHead answer = begin(status, headers);
    boolean without = status == 204 || status == 304;
    if (!without) {
      answer.with("Content-Length", String.valueOf(whole.length));
    }
    boolean bare = without || head != null && head.method().equals("HEAD");
    boolean together = !bare && whole.length <= SMALL_BYTES;
    byte[] first = answer.then(whole, together ? whole.length : 0);
    link.write(first, 0, first.length);
    if (!bare && !together) {
      link.write(whole, 0, whole.length);
    }
  }

  /// Answers with a head alone: what a streamed answer's HEAD gets.
  public void sendHead(int status, List<String> headers) throws IOException {
    byte[] first = begin(status, headers).then(new byte[0], 0);
    link.write(first, 0, first.length);
  }

  /// Answers with what is written until it is closed; what was not closed is broken off.
  public OutputStream open(int status, List<String> headers) throws IOException {
    boolean chunked = !head().isOldVersion();
    last |= !chunked;
    AnswerHead answer = begin(status, headers);
    if (chunked) {
      answer.with("Transfer-Encoding", "chunked");
    }
    byte[] first = answer.then(new byte[0], 0);
    link.write(first, 0, first.length);
    stream = new AnswerBody(link, chunked);
    return stream;
  }

  private AnswerHead begin(int status, List<String> headers) {
    if (answered) {
      throw new IllegalStateException("a second answer to one request");
    }
    var answer = new AnswerHead(status, serving.date()).with(headers);
    answered = true;
    last |= !isBodyRead() || !isWantedLonger() || serving.ending().getAsBoolean();
    if (last) {
      answer.with("Connection", "close");
    } else if (head().isOldVersion()) {
      answer.with("Connection", "keep-alive");
    }
    return answer;
  }

  private boolean isWantedLonger() {
    Head request = head();
    return !request.lists("Connection", "close")
        && (!request.isOldVersion() || request.lists("Connection", "keep-alive"));
  }

  /// Whether the answer is whole.
  boolean isDone() {
    return answered && (stream == null || stream.isWhole());
  }

  /// Whether no request can follow.
  boolean isLast() {
    return last;
  }

  /// Whether the client may have sent more than was read.
  boolean leavesSomething() {
    return !isBodyRead() || !in.isEmpty();
  }
}
