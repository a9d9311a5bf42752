package io.openqpr.events.webhook.post;

import static io.openqpr.events.webhook.post.SocketReceiver.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.events.webhook.guard.TargetGuard;
import io.openqpr.model.Cidr;
import io.openqpr.platform.config.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Receivers that misbehave in every way we know of.
class PosterTest {

  private static final Duration SOON = Duration.ofMillis(700);
  private static final Duration LATE = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2026-03-20T15:30:00Z");
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Map<String, List<String>> names = new HashMap<>();
  private TargetGuard guard;
  private Poster poster;

  @BeforeEach
  void open() throws NoSuchAlgorithmException {
    guard =
        new TargetGuard(List.of(Cidr.parse("127.0.0.0/24")), Ports.parse("1-65535"), this::resolve);
    poster = new Poster(guard, SSLContext.getDefault(), Clock.fixed(NOW, ZoneOffset.UTC), 10);
    names.put("receiver.example.com", List.of("127.0.0.1"));
  }

  @AfterEach
  void close() {
    poster.close();
    guard.close();
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    if (!names.containsKey(host)) {
      throw new UnknownHostException(host);
    }
    return names.get(host).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  private Outcome post(SocketReceiver receiver, Duration time) throws InterruptedException {
    return post("http://receiver.example.com:%d/a/b?c=%%20d".formatted(receiver.port()), time);
  }

  private Outcome post(String url, Duration time) throws InterruptedException {
    return poster.post(
        url,
        List.of("X-One", "1"),
        PostBody.of("{\"ä\":1}".getBytes(StandardCharsets.UTF_8)),
        time);
  }

  @Test
  void sendsTheBodyToTheCheckedAddressUnderTheName() throws Exception {
    try (var receiver = SocketReceiver.answering(OK)) {
      Outcome outcome = post(receiver, LATE);

      assertThat(outcome.isSuccess()).as(String.valueOf(outcome)).isTrue();
      assertThat(outcome.status()).isEqualTo(200);
      assertThat(outcome.answer()).isEqualTo("ok");
      assertThat(outcome.phases().dns()).isNotNegative();
      assertThat(outcome.phases().connect()).isGreaterThanOrEqualTo(outcome.phases().dns());
      assertThat(outcome.phases().tls()).isEqualTo(-1);
      assertThat(outcome.phases().firstByte()).isGreaterThan(outcome.phases().connect());
      assertThat(outcome.phases().done()).isGreaterThanOrEqualTo(outcome.phases().firstByte());
      assertThat(receiver.requests.getFirst())
          .startsWith("POST /a/b?c=%20d HTTP/1.1\r\n")
          .contains("Host: receiver.example.com:" + receiver.port() + "\r\n")
          .contains("X-One: 1\r\n")
          .contains("Content-Type: application/json")
          .doesNotContain("Accept-Encoding")
          .doesNotContain("Expect:")
          .endsWith("\r\n\r\n{\"ä\":1}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) throws Exception {
    try (var elsewhere = SocketReceiver.answering(OK);
        var receiver =
            SocketReceiver.answering(
                "HTTP/1.1 %d X\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n"
                    .formatted(status, elsewhere.port()))) {
      Outcome outcome = post(receiver, LATE);

      assertThat(outcome.failure()).isEqualTo(Failure.REDIRECT);
      assertThat(outcome.status()).isEqualTo(status);
      assertThat(elsewhere.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 410, 429, 500, 503})
  void onlyTwoHundredsAreASuccess(int status) throws Exception {
    try (var receiver =
        SocketReceiver.answering(
            "HTTP/1.1 %d X\r\nContent-Length: 3\r\n\r\nno\u0000".formatted(status))) {
      Outcome outcome = post(receiver, LATE);

      assertThat(outcome.failure()).isEqualTo(Failure.STATUS);
      assertThat(outcome.status()).isEqualTo(status);
      assertThat(outcome.answer()).isEqualTo("no\uFFFD");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "120|120",
        "0|0",
        "99999999999999999999|86400",
        "172800|86400",
        "Fri, 20 Mar 2026 15:31:30 GMT|90",
        "Fri, 20 Mar 2026 15:29:00 GMT|0",
        "Sun, 29 Mar 2026 15:30:00 GMT|86400",
        "soon|",
        "-5|",
        "1.5|"
      })
  void readsForHowLongTheReceiverWantsNoMore(String headerAndSeconds) throws Exception {
    String[] parts = headerAndSeconds.split("\\|", -1);
    try (var receiver =
        SocketReceiver.answering(
            "HTTP/1.1 503 X\r\nRetry-After: " + parts[0] + "\r\nContent-Length: 0\r\n\r\n")) {
      Duration wait = post(receiver, LATE).retryAfter();

      assertThat(wait == null ? "" : String.valueOf(wait.toSeconds())).isEqualTo(parts[1]);
    }
  }

  @Test
  void isOverInTimeWhereNobodyAccepts() throws Exception {
    var kept = new ArrayList<Socket>();
    try (var full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      // Fills the system's queue, so that connecting hangs.
      for (int i = 0; i < 8; i++) {
        var socket = new Socket();
        socket.setSoTimeout(1);
        kept.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 200);
        } catch (IOException e) {
          break;
        }
      }
      Outcome outcome = post("http://127.0.0.1:" + full.getLocalPort() + "/", SOON);
      assertThat(outcome.failure()).isEqualTo(Failure.TIMEOUT);
      assertThat(outcome.phases().connect()).isEqualTo(-1);
    } finally {
      for (Socket socket : kept) {
        socket.close();
      }
    }
  }

  @Test
  void isOverInTimeWhereTlsIsNeverSpoken() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      Outcome outcome = post("https://127.0.0.1:" + silent.getLocalPort() + "/", SOON);
      assertThat(outcome.failure()).isEqualTo(Failure.TIMEOUT);
      assertThat(outcome.phases().connect()).isNotNegative();
      assertThat(outcome.phases().tls()).isEqualTo(-1);
    }
  }

  @Test
  void isOverInTimeWhereNobodyAnswers() throws Exception {
    assertTimeout(socket -> socket.getInputStream().read(), "before an answer came");
  }

  @Test
  void isOverInTimeWhereHeadersDrip() throws Exception {
    assertTimeout(
        socket -> {
          write(socket, "HTTP/1.1 200 OK\r\nX-Slow: ");
          drip(socket);
        },
        "before an answer came");
  }

  @Test
  void isOverInTimeWhereTheBodyDrips() throws Exception {
    assertTimeout(
        socket -> {
          write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n");
          drip(socket);
        },
        "before the answer ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5;", "0\r\nX-Trailer: "})
  void isOverInTimeWhereChunksOrTrailersDrip(String beginning) throws Exception {
    assertTimeout(
        socket -> {
          write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + beginning);
          drip(socket);
        },
        "before the answer ended");
  }

  @Test
  void anAnswerBeforeTheBodyWasTakenIsTheAnswer() throws Exception {
    String large = "x".repeat(8 << 20);
    try (var early =
        SocketReceiver.unread(
            socket -> write(socket, "HTTP/1.1 413 X\r\nContent-Length: 0\r\n\r\n"))) {
      Outcome outcome =
          poster.post(
              "http://127.0.0.1:" + early.port() + "/",
              List.of(),
              PostBody.of(large.getBytes(StandardCharsets.US_ASCII)),
              LATE);
      assertThat(outcome.isSuccess()).as(String.valueOf(outcome)).isFalse();
    }
  }

  @Test
  void isOverInTimeWhereTheBodyIsNeverTaken() throws Exception {
    try (var deaf = SocketReceiver.unread(socket -> pause(60_000))) {
      Outcome outcome =
          poster.post(
              "http://127.0.0.1:" + deaf.port() + "/",
              List.of(),
              PostBody.of(new byte[64 << 20]),
              SOON);
      assertThat(outcome.failure()).as(String.valueOf(outcome)).isEqualTo(Failure.TIMEOUT);
    }
  }

  @Test
  void isOverInTimeWhereAnswersAreNeverFinal() throws Exception {
    assertTimeout(
        socket -> {
          while (true) {
            write(socket, "HTTP/1.1 100 Continue\r\n\r\n");
            pause(20);
          }
        },
        "before an answer came");
  }

  @Test
  void aSuccessBehindTheDeadlineIsNone() throws Exception {
    assertTimeout(
        socket -> {
          pause(2 * SOON.toMillis());
          write(socket, OK);
        },
        "before an answer came");
  }

  private void assertTimeout(SocketReceiver.Behaviour behaviour, String where) throws Exception {
    try (var receiver = SocketReceiver.start(behaviour)) {
      Outcome outcome = post(receiver, SOON);
      assertThat(outcome.failure()).as(String.valueOf(outcome)).isEqualTo(Failure.TIMEOUT);
      assertThat(outcome.detail()).contains(where);
      assertThat(outcome.status()).isNull();
    }
  }

  private static void drip(Socket socket) throws Exception {
    while (true) {
      write(socket, "x");
      pause(50);
    }
  }

  /// What a slow receiver does; nobody waits for it.
  private static void pause(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  @Test
  void readsNoMoreThanTheBeginningOfAnEndlessAnswer() throws Exception {
    var sent = new AtomicInteger();
    try (var receiver =
        SocketReceiver.start(socket -> {
          write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
          OutputStream out = socket.getOutputStream();
          byte[] much = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
          while (true) {
            out.write(much);
            sent.addAndGet(much.length);
          }
        })) {
      Outcome outcome = post(receiver, LATE);

      assertThat(outcome.isSuccess()).isTrue();
      assertThat(outcome.answer()).hasSize(1024);
      assertThat(sent.get()).isLessThan(64 << 20);
    }
  }

  @Test
  void doesNotUnpackABomb() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[10 << 20]);
    }
    try (var receiver =
        SocketReceiver.start(socket -> {
          write(
              socket,
              "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                  .formatted(packed.size()));
          packed.writeTo(socket.getOutputStream());
        })) {
      Outcome outcome = post(receiver, LATE);

      assertThat(outcome.isSuccess()).isTrue();
      assertThat(outcome.answer()).startsWith("\u001f".replace('\u001f', '\uFFFD'));
    }
  }

  @Test
  void refusesEndlessHeaders() throws Exception {
    for (String endless : List.of("X-A: " + "x".repeat(8_000), "x".repeat(100_000))) {
      try (var receiver =
          SocketReceiver.start(socket -> {
            write(socket, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 10_000; i++) {
              write(socket, endless + "\r\n");
            }
          })) {
        assertThat(post(receiver, LATE).failure()).isEqualTo(Failure.PROTOCOL);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.9\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n",
      })
  void whatIsNoHttpIsNoSuccess(String answer) throws Exception {
    try (var receiver = SocketReceiver.answering(answer)) {
      Outcome outcome = post(receiver, LATE);
      assertThat(outcome.isSuccess()).as(String.valueOf(outcome)).isFalse();
      assertThat(outcome.failure()).isIn(Failure.PROTOCOL, Failure.CLOSED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 20",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12"
      })
  void whatEndsInTheMiddleIsNoSuccess(String answer) throws Exception {
    try (var receiver = SocketReceiver.answering(answer)) {
      Outcome outcome = post(receiver, LATE);
      assertThat(outcome.isSuccess()).as(String.valueOf(outcome)).isFalse();
    }
  }

  @Test
  void tellsThatNobodyIsThere() throws Exception {
    int port;
    try (var gone = new ServerSocket(0)) {
      port = gone.getLocalPort();
    }
    assertThat(post("http://127.0.0.1:" + port + "/", LATE).failure()).isEqualTo(Failure.CONNECT);
    assertThat(post("http://nobody.example.com/", LATE).failure()).isEqualTo(Failure.DNS);
  }

  @Test
  void goesToTheNextAddressWhereNobodyAccepts() throws Exception {
    names.put("receiver.example.com", List.of("127.0.0.9", "127.0.0.1"));
    try (var receiver = SocketReceiver.answering(OK)) {
      assertThat(post(receiver, LATE).isSuccess()).isTrue();
    }
  }

  @Test
  void aReceiverMayMoveToAnotherAddress() throws Exception {
    try (var receiver = SocketReceiver.answering(OK)) {
      assertThat(post(receiver, LATE).isSuccess()).isTrue();
      names.put("receiver.example.com", List.of("127.0.0.9"));
      assertThat(post(receiver, LATE).failure()).isEqualTo(Failure.CONNECT);
      // But not to where nothing may be sent.
      names.put("receiver.example.com", List.of("127.0.1.1"));
      Outcome refused = post(receiver, LATE);
      assertThat(refused.failure()).isEqualTo(Failure.TARGET_REFUSED);
      assertThat(refused.answer()).isNull();
      assertThat(receiver.requests).hasSize(1);
    }
  }

  @Test
  void aConnectionThatTheReceiverClosedMeanwhileIsNoFailure() throws Exception {
    try (var receiver = SocketReceiver.answering(OK)) { // says keep-alive and closes
      for (int i = 0; i < 20; i++) {
        Outcome outcome = post(receiver, LATE);
        assertThat(outcome.isSuccess()).as(String.valueOf(outcome)).isTrue();
      }
    }
  }
}
