package io.openqpr;

import static io.openqpr.code.image.SampleLogos.fill;
import static io.openqpr.code.image.SampleLogos.filled;
import static io.openqpr.code.image.SampleLogos.isNear;
import static io.openqpr.code.image.SampleLogos.jpeg;
import static io.openqpr.code.image.SampleLogos.png;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The account's logo: put, got, deleted, and what is refused.
class LogoTest {

  private static final Color ORANGE = new Color(0xff8800);

  @TempDir Path directory;
  private TestServer server;
  private JsonNode code;

  @BeforeEach
  void start() {
    server = TestServer.in(directory);
    code = server.createCode("Door");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aLogoIsPutGotReplacedAndDeleted() throws IOException {
    assertThat(server.get("/v1/logo").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", "/v1/logo", "").statusCode()).isEqualTo(404);

    HttpResponse<String> answer =
        put("image/png", png(filled(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB)));
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode view = TestServer.parse(answer);
    assertThat(view.get("width").intValue()).isEqualTo(30);
    assertThat(view.get("height").intValue()).isEqualTo(20);
    BufferedImage got = logo();
    assertThat(view.get("bytes").intValue()).isPositive();
    assertThat(got.getWidth()).isEqualTo(30);
    assertThat(got.getRGB(5, 5)).isEqualTo(ORANGE.getRGB());

    put("image/jpeg", jpeg(filled(32, 16, Color.BLUE, BufferedImage.TYPE_INT_RGB)));
    assertThat(isNear(logo().getRGB(5, 5), 0x0000ff)).isTrue();
    stop();
    server = TestServer.in(directory);
    assertThat(isNear(logo().getRGB(5, 5), 0x0000ff)).isTrue();

    HttpResponse<String> deleted = server.send(server.request("/v1/logo").DELETE());
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(server.get("/v1/logo").statusCode()).isEqualTo(404);
    HttpResponse<String> refused = server.send(plain("png", "logo=true"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(TestServer.parse(refused).get("errors").get(0).get("field").stringValue())
        .isEqualTo("logo");
  }

  @Test
  void logosAreOfOneAccountOnly() throws IOException {
    put("image/png", png(filled(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB)));
    HttpResponse<String> made =
        server.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/v1/accounts"))
                .header("Authorization", "Bearer " + TestServer.OPERATOR_KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"Two\"}")));
    String key = TestServer.parse(made).get("key").stringValue();
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/logo"))
            .header("Authorization", "Bearer " + key);
    assertThat(server.send(asked).statusCode()).isEqualTo(404);
    assertThat(server.send(asked.copy().DELETE()).statusCode()).isEqualTo(404);
    assertThat(server.get("/v1/logo").statusCode()).isEqualTo(200);
  }

  @Test
  void aKeyNeedsTheScope() throws IOException {
    JsonNode made =
        server.json("POST", "/v1/api-keys", "{\"name\": \"r\", \"scopes\": [\"codes:read\"]}");
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/logo"))
            .header("Authorization", "Bearer " + made.get("key").stringValue());
    byte[] file = png(filled(3, 2, ORANGE, BufferedImage.TYPE_INT_RGB));
    assertThat(server.send(asked).statusCode()).isEqualTo(404);
    assertThat(server.send(asked.copy().DELETE()).statusCode()).isEqualTo(403);
    assertThat(
            server
                .send(
                    asked
                        .copy()
                        .header("Content-Type", "image/png")
                        .PUT(BodyPublishers.ofByteArray(file)))
                .statusCode())
        .isEqualTo(403);
    var keyless = HttpRequest.newBuilder(URI.create(server.url() + "/v1/logo"));
    assertThat(server.send(keyless).statusCode()).isEqualTo(401);
  }

  @Test
  void onlyThePixelsOfAnUploadSurvive() throws IOException {
    byte[] file = png(filled(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB));
    byte[] text =
        chunk("tEXt", "Comment\0<script>secret</script>".getBytes(StandardCharsets.UTF_8));
    byte[] withText =
        ByteBuffer.allocate(file.length + text.length + 6)
            .put(file, 0, 33)
            .put(text)
            .put(file, 33, file.length - 33)
            .put("secret".getBytes(StandardCharsets.UTF_8))
            .array();
    assertThat(put("image/png", withText).statusCode()).isEqualTo(200);
    byte[] got = server.sendForBytes(server.request("/v1/logo")).body();
    assertThat(new String(got, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
  }

  @Test
  void largeLogosAreKeptAsLargeAsAPictureShows() throws IOException {
    JsonNode view =
        TestServer.parse(
            put("image/png", png(filled(2048, 1024, ORANGE, BufferedImage.TYPE_INT_RGB))));
    assertThat(view.get("width").intValue()).isEqualTo(1024);
    assertThat(view.get("height").intValue()).isEqualTo(512);
    assertThat(logo().getRGB(5, 5)).isEqualTo(ORANGE.getRGB());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_3BYTE_BGR
      })
  void everyKindOfPixelKeepsItsColour(int type) throws IOException {
    Color grey = type == BufferedImage.TYPE_BYTE_BINARY ? Color.WHITE : new Color(0x999999);
    var image = new BufferedImage(20, 20, type);
    if (type == BufferedImage.TYPE_USHORT_GRAY || type == BufferedImage.TYPE_BYTE_GRAY) {
      int value = type == BufferedImage.TYPE_BYTE_GRAY ? 0x99 : 0x9999;
      for (int i = 0; i < 400; i++) {
        image.getRaster().setSample(i % 20, i / 20, 0, value);
      }
    } else {
      fill(image, grey);
    }
    assertThat(put("image/png", png(image)).statusCode()).isEqualTo(200);
    assertThat(logo().getRGB(9, 9)).isEqualTo(grey.getRGB());
    if (type == BufferedImage.TYPE_BYTE_GRAY) {
      put("image/jpeg", jpeg(image));
      assertThat(isNear(logo().getRGB(9, 9), 0x999999)).isTrue();
    }
  }

  @Test
  void whatIsNoUsableFileIsRefusedAndChangesNothing() throws IOException {
    byte[] good = png(filled(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB));
    put("image/png", good);
    byte[] jpeg = jpeg(filled(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB));
    byte[] damaged = good.clone();
    Arrays.fill(damaged, 45, damaged.length, (byte) 7);
    byte[] wide = png(filled(2049, 1, ORANGE, BufferedImage.TYPE_INT_RGB));
    byte[] high = jpeg(filled(1, 2049, ORANGE, BufferedImage.TYPE_INT_RGB));
    byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8);

    for (byte[] file :
        List.of(
            new byte[0],
            jpeg,
            damaged,
            wide,
            svg,
            Arrays.copyOf(good, 20),
            header(30_000, 30_000),
            header(0, 10),
            header(-1, 10),
            header(Integer.MAX_VALUE, 1))) {
      assertRefused(put("image/png", file), 400);
    }
    for (byte[] file : List.of(new byte[0], good, high, Arrays.copyOf(jpeg, 30), manyScans(jpeg))) {
      assertRefused(put("image/jpeg", file), 400);
    }
    assertThat(put("image/svg+xml", svg).statusCode()).isEqualTo(415);
    assertThat(put("image/gif", good).statusCode()).isEqualTo(415);
    assertThat(put("application/octet-stream", good).statusCode()).isEqualTo(415);
    assertThat(
            server
                .send(server.request("/v1/logo").PUT(BodyPublishers.ofByteArray(good)))
                .statusCode())
        .isEqualTo(415);
    assertThat(put("image/png", Arrays.copyOf(good, 512 * 1024 + 1)).statusCode()).isEqualTo(413);
    assertThat(put("image/png", Arrays.copyOf(good, 512 * 1024)).statusCode()).isEqualTo(200);
    assertThat(put("image/png; charset=binary", good).statusCode()).isEqualTo(200);
    for (String method : List.of("PUT", "GET", "DELETE")) {
      HttpResponse<String> answer =
          server.send(
              server
                  .request("/v1/logo?x=1")
                  .header("Content-Type", "image/png")
                  .method(method, BodyPublishers.ofByteArray(good)));
      assertThat(answer.statusCode()).isEqualTo(400);
    }
    assertThat(logo().getRGB(5, 5)).isEqualTo(ORANGE.getRGB());
  }

  private static void assertRefused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(TestServer.parse(answer).get("errors").get(0).get("field").stringValue())
        .isEqualTo("body");
  }

  /// A PNG that says it is so large, and has nothing behind that.
  private static byte[] header(int width, int height) {
    byte[] ihdr =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    byte[] chunk = chunk("IHDR", ihdr);
    byte[] signature = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    return ByteBuffer.allocate(8 + chunk.length).put(signature).put(chunk).array();
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(name);
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] manyScans(byte[] jpeg) {
    byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 400);
    for (int i = jpeg.length; i < longer.length; i += 2) {
      longer[i] = (byte) 0xff;
      longer[i + 1] = (byte) 0xda;
    }
    return longer;
  }

  private BufferedImage logo() throws IOException {
    HttpResponse<byte[]> answer = server.sendForBytes(server.request("/v1/logo"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  private HttpResponse<String> put(String type, byte[] file) {
    return server.send(
        server
            .request("/v1/logo")
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofByteArray(file)));
  }

  /// Without a key.
  private HttpRequest.Builder plain(String extension, String query) {
    String path = "/qr/%s.%s?%s".formatted(code.get("short_id").stringValue(), extension, query);
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }
}
