package io.openqpr.web.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// One connection from its beginning to its end: requests are read and answered one by one, on a
/// virtual thread of its own.
final class Connection implements Runnable {

  private static final Logger LOG = System.getLogger(Connection.class.getName());

  private final Link link;
  private final Inbound in;
  private final Serving serving;

  Connection(Link link, Serving serving) {
    this.link = link;
    this.in = new Inbound(link, serving.room());
    this.serving = serving;
  }

  @Override
  public void run() {
    try (link;
        in) {
      boolean goesOn = true;
      for (boolean first = true; goesOn; first = false) {
        goesOn = next(first);
      }
    } catch (IOException | UncheckedIOException e) {
      // The client went away, or was ended; whoever ended it has counted it.
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a connection was broken off", e);
    }
  }

  private boolean next(boolean first) throws IOException {
    Exchange exchange;
    try {
      Head head = in.head(first);
      if (head == null) {
        return false;
      }
      exchange = Exchange.of(head, link, in, serving);
    } catch (RefusedException e) {
      exchange = Exchange.refused(link, in, serving);
      serving.answerer().refuse(e.refusal(), exchange);
      link.leave();
      return false;
    }
    return answer(exchange);
  }

  private boolean answer(Exchange exchange) throws IOException {
    try {
      serving.answerer().answer(exchange);
    } finally {
      if (!exchange.isDone()) {
        link.abort();
      }
    }
    if (exchange.isLast() && exchange.leavesSomething()) {
      link.leave();
    }
    return exchange.isDone() && !exchange.isLast();
  }
}
