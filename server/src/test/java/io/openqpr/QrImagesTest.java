package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.code.CodeDraft;
import io.openqpr.code.Codes;
import io.openqpr.code.image.SeenCode;
import io.openqpr.platform.config.SettingsReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Pictures of codes, asked for over HTTP without a key and read back by another library.
class QrImagesTest {

  @TempDir static Path directory;
  private static TestServer server;
  private static JsonNode code;

  @BeforeAll
  static void start() {
    server = TestServer.in(directory);
    code = server.createCode("Door");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<String> designs() {
    return Stream.of(
        "",
        "size=64",
        "size=100&margin=1",
        "size=333&ec=L",
        "size=1024&ec=Q&margin=0",
        "size=4096&ec=H",
        "size=4096&margin=20&ec=L",
        "margin=20&ec=M",
        "fg=1a2b3c&bg=fdf6e3",
        "fg=%23767676",
        "bg=FFD700&fg=000080&ec=H",
        "fg=949494&size=600",
        "size=700&logo=false");
  }

  @ParameterizedTest
  @MethodSource("designs")
  void everyPictureHoldsTheScanUrl(String design) throws IOException {
    for (String extension : List.of("png", "svg", "pdf")) {
      HttpResponse<byte[]> answer = get(extension, design);
      assertThat(answer.statusCode()).as(extension).isEqualTo(200);
      String type = answer.headers().firstValue("Content-Type").orElseThrow();
      for (int pixels : extension.equals("png") ? List.of(0) : List.of(250, 517, 1200)) {
        SeenCode seen = SeenCode.in(answer.body(), type, pixels);
        assertThat(seen.text()).isEqualTo(code.get("scan_url").stringValue());
        assertThat(seen.level()).isEqualTo(level(design));
      }
    }
  }

  private static String level(String design) {
    int at = design.indexOf("ec=");
    return at < 0 ? "M" : design.substring(at + 3, at + 4);
  }

  @ParameterizedTest
  @CsvSource({"64, 0", "65, 4", "512, 4", "1000, 20", "4096, 3"})
  void aPngHasExactlyItsSizeAndTwoColoursAndWholeModules(int size, int margin) throws IOException {
    BufferedImage image =
        SeenCode.rasterised(
            get("png", "size=%d&margin=%d&fg=00007f".formatted(size, margin)).body(),
            "image/png",
            0);

    assertThat(image.getWidth()).isEqualTo(size);
    assertThat(image.getHeight()).isEqualTo(size);
    assertThat(image.getColorModel().getPixelSize()).isEqualTo(1);
    // Version 3 or 2 is 29 or 25 modules wide; its top left corner is a line of seven.
    int[] dark = middleOfTheFinder(image);
    int module = dark[1] / 7;
    assertThat(dark[1] % 7).isZero();
    int symbol = size - 2 * dark[0] - (size - 2 * dark[0]) % module;
    assertThat(symbol % module).isZero();
    int modules = symbol / module;
    assertThat(modules).isBetween(21, 33);
    assertThat(module).isEqualTo(size / (modules + 2 * margin));
    assertThat(dark[0]).isGreaterThanOrEqualTo(margin * module);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        assertThat(image.getRGB(x, y) & 0xffffff).isIn(0x00007f, 0xffffff);
      }
    }
  }

  /// Where the upper edge of the top left finder begins, and how long it is.
  private static int[] middleOfTheFinder(BufferedImage image) {
    int at = 0;
    while ((image.getRGB(at, at) & 0xffffff) == 0xffffff) {
      at++;
    }
    int end = at;
    while ((image.getRGB(end, at) & 0xffffff) != 0xffffff) {
      end++;
    }
    return new int[] {at, end - at};
  }

  @Test
  void vectorPicturesAreVectors() {
    String svg = new String(get("svg", "size=300").body(), StandardCharsets.UTF_8);
    assertThat(svg).contains("width=\"300\"").contains("<path").doesNotContain("<image");
    String pdf = new String(get("pdf", "").body(), StandardCharsets.ISO_8859_1);
    assertThat(pdf).startsWith("%PDF-").doesNotContain("/Image").contains("512");
  }

  @Test
  void equalRequestsAreAnsweredWithEqualBytes() {
    for (String extension : List.of("png", "svg", "pdf")) {
      assertThat(get(extension, "size=200").body()).isEqualTo(get(extension, "size=200").body());
    }
  }

  @Test
  void theAddressesThatACodeNamesAreItsPictures() throws IOException {
    for (String field : List.of("qr_image_url", "qr_svg_url")) {
      String path = URI.create(code.get(field).stringValue()).getPath();
      HttpResponse<byte[]> answer = server.sendForBytes(plain(path));
      String type = answer.headers().firstValue("Content-Type").orElseThrow();
      assertThat(SeenCode.in(answer.body(), type, 400).text())
          .isEqualTo(code.get("scan_url").stringValue());
    }
  }

  @Test
  void whoHasThePictureIsNotSentItAgain() {
    HttpResponse<byte[]> first = get("png", "");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(first.headers().firstValue("Cache-Control")).contains("public, max-age=86400");

    for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      HttpResponse<byte[]> again =
          server.sendForBytes(plain(path("png", "")).header("If-None-Match", known));
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).contains(tag);
      assertThat(again.headers().firstValue("Cache-Control")).contains("public, max-age=86400");
    }
    HttpResponse<byte[]> other =
        server.sendForBytes(plain(path("png", "")).header("If-None-Match", "\"other\""));
    assertThat(other.statusCode()).isEqualTo(200);
    var tags = new ArrayList<String>();
    for (String design : List.of("", "size=511", "margin=3", "ec=L", "fg=000001", "bg=fffffe")) {
      tags.add(get("png", design).headers().firstValue("ETag").orElseThrow());
    }
    tags.add(get("svg", "").headers().firstValue("ETag").orElseThrow());
    assertThat(tags).doesNotHaveDuplicates().startsWith(tag);
    assertThat(get("png", "size=512&ec=M").headers().firstValue("ETag")).contains(tag);
  }

  @Test
  void headTellsOfThePictureWithoutIt() {
    HttpResponse<byte[]> full = get("svg", "");
    HttpResponse<byte[]> head =
        server.sendForBytes(plain(path("svg", "")).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .contains(Integer.toString(full.body().length));
    assertThat(head.headers().firstValue("ETag")).isEqualTo(full.headers().firstValue("ETag"));
  }

  @Test
  void pausedAndDeletedCodesAreStillDrawn() {
    JsonNode other = server.createCode("Other");
    String path = "/v1/qpr-codes/" + other.get("id").stringValue();
    String picture = "/qr/" + other.get("short_id").stringValue() + ".png";
    server.json("PATCH", path, "{\"status\": \"paused\"}");
    assertThat(server.sendForBytes(plain(picture)).statusCode()).isEqualTo(200);
    server.json("DELETE", path, "");
    assertThat(server.sendForBytes(plain(picture)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/qr/zzzzzz.png",
        "/qr/.png",
        "/qr/png",
        "/qr/*",
        "/qr/*.",
        "/qr/*.gif",
        "/qr/*.PNG",
        "/qr/*.png.svgz",
        "/qr/*.svg/",
        "/qr/*.png/x",
        "/qr/",
        "/qr",
        "/qr/x*.png"
      })
  void whatIsNoPictureIsNotFound(String path) {
    HttpResponse<String> answer =
        server.send(plain(path.replace("*", code.get("short_id").stringValue())));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void anAbsurdlyLongNameIsNotFound() {
    HttpResponse<String> answer = server.send(plain("/qr/" + "a".repeat(7_000) + ".png"));
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void picturesAreOnlyToBeGot() {
    HttpResponse<String> answer =
        server.send(plain(path("png", "")).method("POST", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @Test
  void theLongestPublicUrlFitsIntoEveryPicture(@TempDir Path ofOther) {
    String url = "https://qr.example.com/" + "a".repeat(477);
    Map<String, String> settings =
        Map.of("QPR_PORT", "0", "QPR_DATA_DIR", ofOther.toString(), "QPR_PUBLIC_URL", url);
    var draft = new CodeDraft("n", "p", null, null, null, "{}");
    try (App other = App.start(SettingsReader.read(settings))) {
      var ground = other.ground();
      var codes =
          new Codes(ground.store().codes(), ground.store().changes(), ground.ids(), ground.clock());
      String shortId = codes.create(other.firstAccount(), draft).ref().shortId();
      String pictures = "http://127.0.0.1:" + other.port() + "/qr/" + shortId;
      for (String design : List.of(".png?ec=L", ".png?ec=H", ".svg?ec=H", ".pdf?ec=H")) {
        var request = HttpRequest.newBuilder(URI.create(pictures + design));
        assertThat(server.sendForBytes(request).statusCode()).as(design).isEqualTo(200);
      }
    }
  }

  private static HttpResponse<byte[]> get(String extension, String query) {
    return server.sendForBytes(plain(path(extension, query)));
  }

  private static String path(String extension, String query) {
    String path = "/qr/" + code.get("short_id").stringValue() + "." + extension;
    return query.isEmpty() ? path : path + "?" + query;
  }

  /// Without a key.
  private static HttpRequest.Builder plain(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }
}
