package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.image.SeenCode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The account's logo: put, got, deleted, and in the middle of its codes.
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

  @ParameterizedTest
  @CsvSource({
    "64, 64, '', ''",
    "2048, 2048, size=512, ''",
    "900, 200, size=300&ec=L, fg=00264d&bg=fff4d6",
    "50, 700, size=1000&margin=0, fg=00264d",
    "1, 1, size=4096, margin=20",
    "2048, 1, size=200, ''"
  })
  void aCodeWithALogoStillReadsAtTheHighestLevel(int width, int height, String one, String more)
      throws IOException {
    put("image/png", png(square(width, height, ORANGE, BufferedImage.TYPE_INT_RGB)));
    String query = "logo=true&" + String.join("&", one, more);
    query = query.replaceAll("&+$", "").replace("&&", "&");

    for (String extension : List.of("png", "svg", "pdf")) {
      HttpResponse<byte[]> answer = server.sendForBytes(plain(extension, query));
      assertThat(answer.statusCode())
          .as(new String(answer.body(), StandardCharsets.UTF_8))
          .isEqualTo(200);
      String type = answer.headers().firstValue("Content-Type").orElseThrow();
      for (int pixels : extension.equals("png") ? List.of(0) : List.of(300, 800)) {
        SeenCode seen = SeenCode.in(answer.body(), type, pixels);
        assertThat(seen).isEqualTo(new SeenCode(code.get("scan_url").stringValue(), "H"));
      }
    }
  }

  @Test
  void theLogoIsInTheMiddleOnAFreePlaceAndNotLarge() throws IOException {
    put("image/png", png(square(300, 300, ORANGE, BufferedImage.TYPE_INT_RGB)));
    for (String extension : List.of("png", "svg", "pdf")) {
      String query = "logo=true&size=600&margin=0&bg=ddffdd&fg=002200";
      HttpResponse<byte[]> answer = server.sendForBytes(plain(extension, query));
      String type = answer.headers().firstValue("Content-Type").orElseThrow();
      BufferedImage image = SeenCode.rasterised(answer.body(), type, 600);

      int left = 299;
      while (isNear(image.getRGB(left, 299), 0xff8800)) {
        left--;
      }
      int right = 300;
      while (isNear(image.getRGB(right, 299), 0xff8800)) {
        right++;
      }
      int width = right - left - 1;
      assertThat(width).as(extension).isBetween(60, 122);
      assertThat((left + right) / 2).isBetween(297, 302);
      for (int y = 310 - width / 2; y < 290 + width / 2; y++) {
        assertThat(isNear(image.getRGB(left - 6, y), 0xddffdd)).as(extension).isTrue();
        assertThat(isNear(image.getRGB(right + 6, y), 0xddffdd)).as(extension).isTrue();
      }
    }
  }

  private static boolean isNear(int a, int b) {
    return Math.abs((a >> 16 & 255) - (b >> 16 & 255)) < 8
        && Math.abs((a >> 8 & 255) - (b >> 8 & 255)) < 8
        && Math.abs((a & 255) - (b & 255)) < 8;
  }

  @Test
  void whatIsTransparentShowsTheBackground() throws IOException {
    put("image/png", png(square(40, 40, new Color(0, 0, 0, 0), BufferedImage.TYPE_INT_ARGB)));
    for (String extension : List.of("png", "svg", "pdf")) {
      HttpResponse<byte[]> answer =
          server.sendForBytes(plain(extension, "logo=true&size=600&bg=ddffdd"));
      String type = answer.headers().firstValue("Content-Type").orElseThrow();
      BufferedImage image = SeenCode.rasterised(answer.body(), type, 600);
      assertThat(isNear(image.getRGB(300, 300), 0xddffdd)).as(extension).isTrue();
    }
  }

  @Test
  void aLogoIsPutGotReplacedAndDeleted() throws IOException {
    assertThat(server.get("/v1/logo").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", "/v1/logo", "").statusCode()).isEqualTo(404);

    HttpResponse<String> answer =
        put("image/png", png(square(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB)));
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode view = TestServer.parse(answer);
    assertThat(view.get("width").intValue()).isEqualTo(30);
    assertThat(view.get("height").intValue()).isEqualTo(20);
    BufferedImage got = logo();
    assertThat(view.get("bytes").intValue()).isPositive();
    assertThat(got.getWidth()).isEqualTo(30);
    assertThat(got.getRGB(5, 5)).isEqualTo(ORANGE.getRGB());

    put("image/jpeg", jpeg(square(32, 16, Color.BLUE, BufferedImage.TYPE_INT_RGB)));
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
  void anotherLogoIsAnotherPictureKeptForAShorterTime() throws IOException {
    put("image/png", png(square(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB)));
    HttpResponse<byte[]> first = server.sendForBytes(plain("png", "logo=true"));
    put("image/png", png(square(30, 20, Color.BLUE, BufferedImage.TYPE_INT_RGB)));
    HttpResponse<byte[]> second = server.sendForBytes(plain("png", "logo=true"));

    assertThat(first.headers().firstValue("ETag"))
        .isNotEqualTo(second.headers().firstValue("ETag"));
    assertThat(first.headers().firstValue("Cache-Control")).contains("public, max-age=300");
    String tag = second.headers().firstValue("ETag").orElseThrow();
    assertThat(
            server
                .sendForBytes(plain("png", "logo=true").header("If-None-Match", tag))
                .statusCode())
        .isEqualTo(304);
  }

  @Test
  void logosAreOfOneAccountOnly() throws IOException {
    put("image/png", png(square(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB)));
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
    byte[] file = png(square(3, 2, ORANGE, BufferedImage.TYPE_INT_RGB));
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
    byte[] file = png(square(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB));
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
            put("image/png", png(square(2048, 1024, ORANGE, BufferedImage.TYPE_INT_RGB))));
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
    byte[] good = png(square(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB));
    put("image/png", good);
    byte[] jpeg = jpeg(square(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB));
    byte[] damaged = good.clone();
    Arrays.fill(damaged, 45, damaged.length, (byte) 7);
    byte[] wide = png(square(2049, 1, ORANGE, BufferedImage.TYPE_INT_RGB));
    byte[] high = jpeg(square(1, 2049, ORANGE, BufferedImage.TYPE_INT_RGB));
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

  private static BufferedImage square(int width, int height, Color colour, int type) {
    var image = new BufferedImage(width, height, type);
    fill(image, colour);
    return image;
  }

  private static void fill(BufferedImage image, Color colour) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, colour.getRGB());
      }
    }
  }

  private static byte[] png(BufferedImage image) throws IOException {
    return file(image, "png");
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    return file(image, "jpeg");
  }

  private static byte[] file(BufferedImage image, String format) throws IOException {
    var bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }
}
