package io.openqpr.storage.journal;

import io.openqpr.storage.journal.SegmentView.Frame;
import io.openqpr.storage.journal.Segments.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a start finds in the journal's files behind what the store has: where the events end, and
/// what cannot be read though it was durable once.
///
/// The end of what was written last may be torn, when the power failed before its sync: that is no
/// damage, nobody was answered. It is told from damage by what follows: nothing that was written
/// after a later sync, and the file as long as it was made.
final class Survey {

  private static final String MISSING = "the file that followed is missing";

  private final Segments segments;
  private final List<Stretch> sound = new ArrayList<>();
  private final List<Damage> damages = new ArrayList<>();
  private long events;
  private long soundBytes;
  private long position;

  private Survey(Segments segments, long applied) {
    this.segments = segments;
    this.position = applied;
  }

  /// Events without a gap.
  record Stretch(long from, long to) {}

  /// @param bytes that cannot be read; -1 where that is unknown
  record Damage(Path file, long position, long bytes, String what) {}

  /// @param applied the store has everything before
  /// @throws IOException also when something was written by a newer version
  static Survey of(Segments segments, long applied) throws IOException {
    var survey = new Survey(segments, applied);
    if (!segments.isEmpty()) {
      survey.look();
    }
    return survey;
  }

  /// Behind the last event that can be read, and all damage.
  long end() {
    return position;
  }

  List<Stretch> sound() {
    return List.copyOf(sound);
  }

  List<Damage> damages() {
    return List.copyOf(damages);
  }

  /// About how many events so many bytes are.
  long eventsIn(long bytes) {
    long each = events == 0 ? 200 : Math.max(1, soundBytes / events);
    return Math.max(1, bytes / each);
  }

  private void look() throws IOException {
    long first = segments.firstStart();
    if (position < first) {
      Path missing = segments.all().getFirst().file();
      damages.add(
          new Damage(missing, position, first - position, "the files before it are missing"));
      position = first;
    }
    while (true) {
      Segment segment = segments.holding(position);
      lookAt(segment);
      long end = segments.endOf(segment);
      if (end == Long.MAX_VALUE) {
        return;
      }
      position = end;
    }
  }

  private void lookAt(Segment segment) throws IOException {
    long end = segments.endOf(segment);
    boolean isLast = end == Long.MAX_VALUE;
    try (var view = new SegmentView(segments.disk(), segment, Long.MAX_VALUE)) {
      if (isLast && view.at(position) == null && lastSound(view, segment) < position) {
        // The store has more than all files: what came after that is missing too.
        damages.add(new Damage(segment.file(), position, -1, MISSING));
        return;
      }
      while (true) {
        Frame last = takeSound(view, segment, end);
        if (position == end) {
          return;
        }
        if (last != null && last.kind() == Frames.END && isLast) {
          damages.add(new Damage(segment.file(), position, -1, MISSING));
          return;
        }
        if (isLast && isTornAtMost(view, segment)) {
          return;
        }
        long next = view.nextSound(position + 1, end);
        if (next < 0) {
          boolean cut = view.isCutAt(position) || position >= view.fileEnd();
          long behind = isLast ? Math.max(position, view.fileEnd()) : end;
          boolean ended = last != null && last.kind() == Frames.END;
          String what = ended ? MISSING : cut ? "it was cut short" : "it cannot be read";
          damages.add(
              new Damage(segment.file(), position, isLast && cut ? -1 : behind - position, what));
          position = behind;
          return;
        }
        damages.add(new Damage(segment.file(), position, next - position, "it cannot be read"));
        position = next;
      }
    }
  }

  /// Behind the last sound event of the segment, whatever is before.
  private static long lastSound(SegmentView view, Segment segment) throws IOException {
    long end = segment.start();
    long next = end;
    while (next >= 0) {
      Frame frame;
      while ((frame = view.at(next)) != null && frame.isEvent()) {
        next = frame.end();
        end = next;
      }
      next = view.nextSound(next + 1, Long.MAX_VALUE);
    }
    return end;
  }

  /// Moves on to where no event is; returns what is there instead.
  private @Nullable Frame takeSound(SegmentView view, Segment segment, long end)
      throws IOException {
    long from = position;
    Frame frame = null;
    while (position < end && (frame = view.at(position)) != null && frame.isEvent()) {
      if (!EventCodec.isKnown(frame.payload())) {
        throw new IOException(
            "%s was written by a newer OpenQPR; use that version".formatted(segment.file()));
      }
      events++;
      position = frame.end();
    }
    if (position > from) {
      soundBytes += position - from;
      sound.add(new Stretch(from, position));
    }
    return frame;
  }

  /// In the last segment, where events end: whether nothing that was synced can have been there.
  private boolean isTornAtMost(SegmentView view, Segment segment) throws IOException {
    if (view.isCutAt(position)) {
      return false;
    }
    long next = position;
    while ((next = view.nextSound(next + 1, Long.MAX_VALUE)) >= 0) {
      Frame frame = view.at(next);
      if (frame != null && frame.kind() != Frames.FURTHER) {
        return false;
      }
    }
    return segment.start() <= position;
  }
}
