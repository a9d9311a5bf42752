package io.openqpr.bench;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What to compare with: the same HTTP library, set up alike, that answers 302 and does nothing
/// else.
final class BareServer {

  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private BareServer() {}

  public static void main(String[] args) {
    HELIDON.setLevel(Level.SEVERE);
    var noStore = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    var location = HeaderValues.createCached(HeaderNames.LOCATION, "http://127.0.0.1/c/none");
    WebServer.builder()
        .port(Integer.parseInt(args[0]))
        .backlog(4_096)
        .connectionOptions(socket -> socket.tcpNoDelay(true))
        .addRouting(
            HttpRouting.builder()
                .get(
                    "/s/{short_id}",
                    (request, response) -> {
                      response.status(Status.FOUND_302);
                      response.header(location);
                      response.header(noStore);
                      response.send();
                    }))
        .build()
        .start();
    System.out.println("ready");
  }
}
