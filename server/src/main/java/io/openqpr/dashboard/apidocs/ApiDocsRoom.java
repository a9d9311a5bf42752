package io.openqpr.dashboard.apidocs;

import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Page;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/// `/openapi.json`, and `/docs`, where it can be browsed and tried: Swagger UI, whose files come
/// from this server alone.
public final class ApiDocsRoom implements Room {

  private static final String DESCRIPTION = "/openapi/openapi.json";
  private static final String PUBLIC_URL = "{{public_url}}";

  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/%s/%s";
  private static final String WEBJAR_VERSION =
      "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final Map<String, String> FILES =
      Map.of(
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "swagger-ui.css", "text/css; charset=utf-8");

  private static final String CACHED = "public, max-age=86400";

  /// The page runs nothing but its own files and talks to nobody but its own server.
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final String version = version();
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
  private final String publicUrl;
  private final Page page = Page.load("docs.html");

  public ApiDocsRoom(Ground ground) {
    this.publicUrl = ground.publicUrl();
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/openapi.json", this::description),
        Route.get("/docs", this::page),
        Route.get("/docs/{file}", this::file));
  }

  private Answer description(Request request) {
    return Answer.of(200, List.of("Content-Type", "application/json"), kept(DESCRIPTION));
  }

  /// The same bytes for everybody, read and filled in when the first one asks.
  private byte[] kept(String resource) {
    return kept.computeIfAbsent(resource, this::read);
  }

  private byte[] read(String resource) {
    byte[] bytes = resource(resource);
    return resource.equals(DESCRIPTION)
        ? new String(bytes, StandardCharsets.UTF_8)
            .replace(PUBLIC_URL, publicUrl)
            .getBytes(StandardCharsets.UTF_8)
        : bytes;
  }

  private Answer page(Request request) {
    return Answer.html(200, page.fill()).with(List.of("Content-Security-Policy", CONTENT_POLICY));
  }

  private Answer file(Request request) {
    String name = request.pathParameter("file");
    String type = FILES.get(name);
    if (type == null) {
      throw new ProblemException(Kind.NOT_FOUND, "There is no such file.");
    }
    return Answer.of(
        200,
        List.of("Content-Type", type, "Cache-Control", CACHED),
        kept(WEBJAR.formatted(version, name)));
  }

  private static String version() {
    var properties = new Properties();
    try (InputStream in = ApiDocsRoom.class.getResourceAsStream(WEBJAR_VERSION)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static byte[] resource(String path) {
    try (InputStream in = ApiDocsRoom.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
