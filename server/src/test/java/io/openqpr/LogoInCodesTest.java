package io.openqpr;

import static io.openqpr.code.image.SampleLogos.filled;
import static io.openqpr.code.image.SampleLogos.isNear;
import static io.openqpr.code.image.SampleLogos.png;
import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.code.image.SeenCode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The account's logo in the middle of its codes.
class LogoInCodesTest {

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
    put("image/png", png(filled(width, height, ORANGE, BufferedImage.TYPE_INT_RGB)));
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
    put("image/png", png(filled(300, 300, ORANGE, BufferedImage.TYPE_INT_RGB)));
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

  @Test
  void whatIsTransparentShowsTheBackground() throws IOException {
    put("image/png", png(filled(40, 40, new Color(0, 0, 0, 0), BufferedImage.TYPE_INT_ARGB)));
    for (String extension : List.of("png", "svg", "pdf")) {
      HttpResponse<byte[]> answer =
          server.sendForBytes(plain(extension, "logo=true&size=600&bg=ddffdd"));
      String type = answer.headers().firstValue("Content-Type").orElseThrow();
      BufferedImage image = SeenCode.rasterised(answer.body(), type, 600);
      assertThat(isNear(image.getRGB(300, 300), 0xddffdd)).as(extension).isTrue();
    }
  }

  @Test
  void anotherLogoIsAnotherPictureKeptForAShorterTime() throws IOException {
    put("image/png", png(filled(30, 20, ORANGE, BufferedImage.TYPE_INT_RGB)));
    HttpResponse<byte[]> first = server.sendForBytes(plain("png", "logo=true"));
    put("image/png", png(filled(30, 20, Color.BLUE, BufferedImage.TYPE_INT_RGB)));
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
