package io.openqpr.capture.visitor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.platform.HeapShare;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What browsers ask for, read once for each text: people's repeat.
final class Languages {

  /// What an entry takes beside its text.
  private static final int ENTRY_BYTES = 200;

  /// Longer ones are read anew each time, so that what is remembered stays small.
  private static final int LONGEST_REMEMBERED = 128;

  private final Cache<String, Optional<String>> remembered =
      Caffeine.newBuilder()
          .maximumWeight(HeapShare.LANGUAGES.bytes())
          .weigher((String header, Optional<String> first) -> ENTRY_BYTES + 2 * header.length())
          .build();

  /// As [AcceptLanguage#firstOf].
  @Nullable String firstOf(String header) {
    return header.length() > LONGEST_REMEMBERED
        ? AcceptLanguage.firstOf(header)
        : remembered.get(header, Languages::read).orElse(null);
  }

  private static Optional<String> read(String header) {
    return Optional.ofNullable(AcceptLanguage.firstOf(header));
  }
}
