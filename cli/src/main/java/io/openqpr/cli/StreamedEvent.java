package io.openqpr.cli;

import tools.jackson.databind.JsonNode;

/// Something of the server's stream of events: an event, or only a place further on.
///
/// @param place where to come again, and have all that is behind this
/// @param type such as `scan.created`
/// @param payload the event, byte for byte as receivers of webhooks are sent it; empty where only
///   the place moved
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record StreamedEvent(String place, String type, byte[] payload) {

  boolean isEvent() {
    return payload.length > 0;
  }

  JsonNode json() {
    return Reply.parse(payload);
  }
}
