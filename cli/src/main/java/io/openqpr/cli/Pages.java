package io.openqpr.cli;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Walks a list of the API from page to page by its cursor.
final class Pages {

  private static final int LARGEST = 200;

  private final ApiClient api;
  private final String path;
  private final Query filter;

  Pages(ApiClient api, String path, Query filter) {
    this.api = api;
    this.path = path;
    this.filter = filter;
  }

  /// One page, of the server's usual size where no limit is given.
  Reply one(@Nullable Integer limit) {
    return api.get(path, filter.with("limit", limit));
  }

  /// Every page, in order, one in memory at a time; returns the first.
  Reply each(Consumer<JsonNode> taker) {
    Reply first = one(LARGEST);
    Reply page = first;
    taker.accept(page.json());
    while (!page.text("next_cursor").isEmpty()) {
      page = api.get(path, filter.with("limit", LARGEST).with("cursor", page.text("next_cursor")));
      taker.accept(page.json());
    }
    return first;
  }

  /// All pages as one document of a page's shape, written as they come.
  void print(String list, Terminal terminal) {
    long[] count = {0};
    terminal.out().print("{\"" + list + "\":[");
    Reply first =
        each(page -> {
          for (JsonNode item : page.path(list)) {
            terminal.out().print((count[0]++ == 0 ? "\n" : ",\n") + item);
          }
          stopWhenNobodyReads(terminal);
        });
    String total =
        first.json().has("total") ? "\"total\":%d,".formatted(first.number("total")) : "";
    String offset = first.json().has("offset") ? "\"offset\":0," : "";
    terminal.out().printf("],%s\"limit\":%d,%s\"next_cursor\":null}%n", total, count[0], offset);
  }

  /// Ends the command quietly when what its output is piped into has gone away.
  static void stopWhenNobodyReads(Terminal terminal) {
    if (terminal.out().checkError()) {
      throw Failure.refused("");
    }
  }
}
