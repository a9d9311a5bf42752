package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Wrong parameters of pictures: each is named, and nothing is drawn.
class QrParametersTest {

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

  static Stream<String> badQueries() {
    var queries =
        new ArrayList<>(
            List.of(
                "size=63",
                "size=4097",
                "size=512.0",
                "size=big",
                "size=-512",
                "size=99999999999999999999",
                "margin=-1",
                "margin=21",
                "margin=four",
                "ec=m",
                "ec=X",
                "ec=LM",
                "fg=black",
                "fg=fff",
                "fg=00000g",
                "fg=%23%23000000",
                "fg=0000000",
                "bg=white",
                "bg=ffffffff",
                "fg=bbbbbb",
                "bg=222222",
                "fg=ffffff&bg=000000",
                "logo=yes",
                "logo=TRUE",
                "logo=1",
                "logo=true",
                "colour=000000",
                "siez=512",
                "Size=512"));
    for (String name : List.of("size", "margin", "ec", "fg", "bg", "logo")) {
      queries.add(name);
      queries.add(name + "=");
      queries.add(name + "=" + "7".repeat(5_000));
      queries.add(name + "=%00");
    }
    queries.addAll(
        List.of(
            "size=512&size=512",
            "margin=4&margin=4",
            "ec=M&ec=M",
            "fg=000000&fg=000000",
            "bg=ffffff&bg=ffffff",
            "logo=false&logo=false"));
    return queries.stream();
  }

  @ParameterizedTest
  @MethodSource("badQueries")
  void aWrongParameterIsNamed(String query) {
    String name = query.split("[=&]")[0];
    for (String extension : List.of("png", "svg", "pdf")) {
      HttpResponse<String> answer = server.send(plain(path(extension, query)));
      assertThat(answer.statusCode()).isEqualTo(400);
      JsonNode errors = TestServer.parse(answer).get("errors");
      assertThat(errors.size()).as(answer.body()).isEqualTo(1);
      assertThat(errors.get(0).get("field").stringValue()).isEqualTo(name);
      assertThat(answer.body()).hasSizeLessThan(1_000);
    }
  }

  @Test
  void allMistakesAreToldAtOnce() {
    HttpResponse<String> answer =
        server.send(plain(path("png", "size=1&margin=x&ec=Z&fg=red&bg=blue&logo=maybe&x=1")));
    var fields = new ArrayList<String>();
    TestServer.parse(answer)
        .get("errors")
        .forEach(error -> fields.add(error.get("field").stringValue()));
    assertThat(fields).containsExactly("size", "margin", "ec", "fg", "bg", "logo", "x");
  }

  @Test
  void aPngTooSmallForItsModulesIsRefusedAndAnSvgIsNot() {
    String query = "size=64&margin=20";
    HttpResponse<String> answer = server.send(plain(path("png", query)));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"size\"").contains("must be at least 6");
    assertThat(get("svg", query).statusCode()).isEqualTo(200);
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
