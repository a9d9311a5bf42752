package io.openqpr.web.http;

/// One thing the server answers.
///
/// @param template the path, with `{name}` for one whole segment, such as `/v1/scans/{id}`
public record Route(Method method, String template, Handler handler) {

  public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE
  }

  public static Route get(String template, Handler handler) {
    return new Route(Method.GET, template, handler);
  }

  public static Route head(String template, Handler handler) {
    return new Route(Method.HEAD, template, handler);
  }

  public static Route post(String template, Handler handler) {
    return new Route(Method.POST, template, handler);
  }

  public static Route patch(String template, Handler handler) {
    return new Route(Method.PATCH, template, handler);
  }

  public static Route delete(String template, Handler handler) {
    return new Route(Method.DELETE, template, handler);
  }

  public static Route put(String template, Handler handler) {
    return new Route(Method.PUT, template, handler);
  }
}
