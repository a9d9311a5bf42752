package io.openqpr.storage.journal;

import io.openqpr.platform.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who a journal is: the file `name`. It holds the name by which the store knows the journal's
/// position, and the tokens that the store may hold. Each start puts a new token into both, here
/// first: files and rows that went different ways since then do not fit together any more.
///
/// The file is lines of text: [#BEGINNING], the name, the position, the tokens, and a checksum of
/// the lines before. In the first version it was the name alone.
///
/// @param since position from which on no file is of the first version
/// @param tokens none in a journal of the first version; the one that the store had at the last
///   start, and the one it was to get then
record Identity(String name, long since, List<String> tokens) {

  static final String FILE = "name";

  private static final String BEGINNING = "# the name of a journal of OpenQPR";
  private static final Pattern WORD = Pattern.compile("[\\w-]{1,200}");

  /// @return null where there is no such file
  /// @throws IOException with one line, when it is damaged
  static @Nullable Identity read(Disk disk, Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!disk.exists(file)) {
      return null;
    }
    String text = new String(disk.read(file), StandardCharsets.UTF_8);
    if (WORD.matcher(text.strip()).matches()) {
      return new Identity(text.strip(), Long.MAX_VALUE, List.of());
    }
    List<String> lines = text.lines().toList();
    int last = lines.size() - 1;
    if (last < 3 || !text(lines.subList(1, last)).equals(text)) {
      throw new DamagedFileException(file, "it does not hold the journal's name");
    }
    return new Identity(lines.get(1), Long.parseLong(lines.get(2)), lines.subList(3, last));
  }

  /// There durably when it returns.
  void write(Disk disk, Path directory) throws IOException {
    var lines = new ArrayList<String>();
    lines.add(name);
    lines.add(String.valueOf(since));
    lines.addAll(tokens);
    byte[] bytes = text(lines).getBytes(StandardCharsets.UTF_8);
    disk.replace(directory.resolve(FILE), bytes, Disk.Access.USUAL);
  }

  private static String text(List<String> words) {
    String checked = BEGINNING + "\n" + String.join("\n", words) + "\n";
    byte[] bytes = checked.getBytes(StandardCharsets.UTF_8);
    return "%s%08x\n".formatted(checked, EventCodec.checksum(ByteBuffer.wrap(bytes)));
  }

  /// Before the store is told `next`.
  ///
  /// @param ofStore what it has now
  Identity taking(@Nullable String ofStore, String next) {
    return new Identity(name, since, ofStore == null ? List.of(next) : List.of(ofStore, next));
  }

  /// Of a journal whose files were all of the first version before `position`.
  Identity upgradedAt(long position) {
    return since == Long.MAX_VALUE ? new Identity(name, position, tokens) : this;
  }
}
