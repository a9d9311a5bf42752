package io.openqpr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Everything that is on disk, as one text to search: each byte a character.
public final class StoredBytes {

  private StoredBytes() {}

  /// All files under the directory, one after another.
  public static String in(Path directory) throws IOException {
    var all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(bytes(file)).append('\n');
      }
    }
    return all.toString();
  }

  private static String bytes(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return ""; // deleted meanwhile
    }
  }
}
