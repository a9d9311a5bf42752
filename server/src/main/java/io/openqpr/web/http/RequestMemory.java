package io.openqpr.web.http;

import io.openqpr.platform.ByteBudget;
import io.openqpr.web.http.Problem.Kind;
import java.util.ArrayList;
import java.util.List;

/// What one request holds of the heap, until its answer is sent: first its body, then what is made
/// of it, at last the answer.
final class RequestMemory implements AutoCloseable {

  /// Smaller answers and bodies are too many to be weighed, and too small to matter.
  static final int UNWEIGHED_BYTES = 16 * 1024;

  /// What a name or a value takes beside its text.
  private static final long VALUE_BYTES = 80;

  /// The body, its text, the texts of its values, what is stored, and the answer, which may be kept
  /// and sealed.
  private static final int COPIES = 6;

  private final ByteBudget.Holding holding;
  private final long most;
  private final List<ByteBudget.Holding> others = new ArrayList<>(0);

  RequestMemory(ByteBudget budget) {
    this.holding = budget.open();
    this.most = budget.bytes();
  }

  /// @throws ProblemException 503
  void add(long bytes) {
    if (!holding.add(bytes)) {
      throw noRoom();
    }
  }

  /// @throws ProblemException 503
  void add(ByteBudget other, long bytes) {
    ByteBudget.Holding more = other.open();
    others.add(more);
    if (!more.add(bytes)) {
      throw noRoom();
    }
  }

  private static ProblemException noRoom() {
    return new ProblemException(
        Kind.OVERLOADED,
        "Too much is being asked and answered at once for this server's memory: ask again in a"
            + " moment.");
  }

  /// For a JSON body that was read.
  void addJson(byte[] json) {
    if (json.length > UNWEIGHED_BYTES) {
      add(COPIES * (long) json.length + VALUE_BYTES * Math.min(values(json), Json.MAX_TOKENS));
    }
  }

  /// About how many there are: as many as there is something between them or around them.
  private static int values(byte[] json) {
    int values = 0;
    for (byte b : json) {
      if (b == ',' || b == ':' || b == '[' || b == '{') {
        values++;
      }
    }
    return values;
  }

  /// How long a JSON body can be at all.
  int mostJson(int maxBytes) {
    return (int) Math.min(maxBytes, most / COPIES);
  }

  /// From now on it holds nothing but the answer, where it held anything.
  void onlyFor(Answer answer) {
    if (answer.body() instanceof Answer.Body.Whole(byte[] bytes)) {
      // Twice: what it was made of may not have been collected yet.
      holding.lowerTo(2L * bytes.length);
    }
  }

  @Override
  public void close() {
    holding.close();
    others.forEach(ByteBudget.Holding::close);
  }
}
