package io.openqpr.code;

import io.openqpr.model.Template;
import org.jspecify.annotations.Nullable;

/// What whoever makes a code says of it, checked. See [QprCode] for the meanings.
public record CodeDraft(
    String name,
    String prompt,
    @Nullable String welcomeMessage,
    @Nullable Template template,
    @Nullable String conversationUrl,
    String metadata) {

  public static final int MAX_NAME = 200;
  public static final int MAX_PROMPT = 20_000;
  public static final int MAX_WELCOME_MESSAGE = 2_000;
  public static final int MAX_METADATA_KEYS = 50;
  public static final int MAX_METADATA_BYTES = 8 * 1024;
}
