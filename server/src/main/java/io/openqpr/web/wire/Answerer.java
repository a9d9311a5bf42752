package io.openqpr.web.wire;

import java.io.IOException;

/// Who answers what comes in; asked by one thread for each connection.
public interface Answerer {

  /// Sends exactly one answer. Whatever it throws breaks the connection off.
  void answer(Exchange exchange) throws IOException;

  /// Tells a client why what it sent is no request: with [Exchange#send], and nothing else of it.
  void refuse(Refusal refusal, Exchange exchange) throws IOException;
}
