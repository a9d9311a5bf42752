package io.openqpr.capture.place;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The codes of regions that a database only has the names of, such as `CA` for California: the
/// part of the ISO 3166-2 code after the hyphen.
///
/// Names are compared without accents and signs, then also without the words that say what kind of
/// region it is (`State of Berlin` is `Berlin`). A name that stands for two regions of its country
/// is none.
final class Regions {

  private static final int REMEMBERED_NAMES = 10_000;
  private static final String TWO = "";

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SIGNS = Pattern.compile("[^a-z0-9]+");
  private static final Map<String, String> LETTERS =
      Map.of(
          "ł", "l", "ø", "o", "đ", "d", "ß", "ss", "æ", "ae", "ı", "i", "ð", "d", "þ", "th", "œ",
          "oe", "ə", "a");
  private static final Set<String> KINDS =
      Set.of(
          """
          atoll autonomous canton capital city community council county departamento department
          district division do emirate federal fu governorate island judet ken kraj krai local
          metropolitan area municipal municipality national oblast of parish prefecture province
          provincia quarter raion rayon region republic sheng shi si special state territory the
          union voivodeship\
          """
              .split("\\s"));

  private final Cache<String, Optional<String>> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED_NAMES).build();
  private final CompletableFuture<Map<String, String>> codes =
      CompletableFuture.supplyAsync(Regions::load);

  /// Begins to load the names in the background; whoever asks before they are there waits.
  Regions() {}

  @Nullable String codeOf(String country, String name) {
    String key = country + '\t' + name;
    return remembered.get(key, ignored -> find(country, name)).orElse(null);
  }

  private Optional<String> find(String country, String name) {
    String whole = simple(name);
    String code = codes.join().getOrDefault(country + '\t' + whole, TWO);
    if (code.equals(TWO)) {
      code = codes.join().getOrDefault(country + "\t~" + withoutKind(whole), TWO);
    }
    return code.equals(TWO) ? Optional.empty() : Optional.of(code);
  }

  /// By country and name, and by country, `~` and the name without its kind.
  private static Map<String, String> load() {
    var codes = new HashMap<String, String>();
    try (InputStream in = Regions.class.getResourceAsStream("regions.tsv");
        var lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        if (!line.startsWith("#")) {
          String[] cells = line.split("\t", 3);
          String whole = simple(cells[1]);
          codes.merge(cells[0] + '\t' + whole, cells[2], Regions::oneOf);
          codes.merge(cells[0] + "\t~" + withoutKind(whole), cells[2], Regions::oneOf);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(codes);
  }

  private static String oneOf(String a, String b) {
    return a.equals(b) ? a : TWO;
  }

  private static String simple(String name) {
    String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    String text = plain.toLowerCase(Locale.ROOT);
    for (var letter : LETTERS.entrySet()) {
      text = text.replace(letter.getKey(), letter.getValue());
    }
    return SIGNS.matcher(text).replaceAll(" ").strip();
  }

  private static String withoutKind(String simple) {
    return Arrays.stream(simple.split(" "))
        .filter(word -> !KINDS.contains(word))
        .collect(Collectors.joining(" "));
  }
}
