package io.openqpr.bench;

import io.openqpr.web.wire.Answerer;
import io.openqpr.web.wire.Deadlines;
import io.openqpr.web.wire.Exchange;
import io.openqpr.web.wire.Refusal;
import io.openqpr.web.wire.WireServer;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/// What to compare with: the same connections, and answers of 302 that do nothing else.
final class BareServer {

  private static final int MOST_CONNECTIONS = 20_000;

  private BareServer() {}

  public static void main(String[] args) throws IOException {
    WireServer.bind(Integer.parseInt(args[0]), MOST_CONNECTIONS, Deadlines.DEFAULT)
        .serve(new Redirecting(), Clock.systemUTC());
    System.out.println("ready");
  }

  private static final class Redirecting implements Answerer {

    private static final byte[] NOTHING = new byte[0];
    private static final List<String> HEADERS =
        List.of("Location", "http://127.0.0.1/c/none", "Cache-Control", "no-store");

    @Override
    public void answer(Exchange exchange) throws IOException {
      exchange.send(302, HEADERS, NOTHING);
    }

    @Override
    public void refuse(Refusal refusal, Exchange exchange) throws IOException {
      exchange.send(400, List.of(), NOTHING);
    }
  }
}
