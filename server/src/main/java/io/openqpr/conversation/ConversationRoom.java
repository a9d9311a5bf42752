package io.openqpr.conversation;

import io.openqpr.code.CodeRoom;
import io.openqpr.code.Codes;
import io.openqpr.model.ScannableCode;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Page;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.util.List;
import java.util.Optional;

/// What a scan opens: the page, and the token by which it is found.
public final class ConversationRoom implements Room {

  private final Codes codes;
  private final ConversationToken tokens;
  private final Page page = Page.load("conversation.html");
  private final Page unknownPage = Page.load("unknown-conversation.html");

  public ConversationRoom(Ground ground, CodeRoom codes) {
    this.codes = codes.codes();
    this.tokens = new ConversationToken(ground.secret().keyFor("conversation token"));
  }

  /// What a redirect names a conversation with.
  public ConversationToken tokens() {
    return tokens;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/c/{token}", this::page));
  }

  /// Reading it again, or going back to it, is no new scan.
  private Answer page(Request request) {
    Optional<ScannableCode> code =
        tokens
            .read(request.pathParameter("token"))
            .flatMap(named -> codes.byShortId(named.shortId()));
    if (code.isEmpty()) {
      return Answer.html(404, unknownPage.fill());
    }
    String welcome = Optional.ofNullable(code.get().welcomeMessage()).orElse("");
    return Answer.html(200, page.fill("name", code.get().name(), "welcome", welcome));
  }
}
