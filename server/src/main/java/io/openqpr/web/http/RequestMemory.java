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

  /// JSON's many small values take so much more than their text, up to [#MOST_VALUES_BYTES].
  private static final int VALUES_OF_TEXT = 30;

  /// Of as many values as the parser takes, see [Json].
  static final int MOST_VALUES_BYTES = 20 << 20;

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
  void addJson(int bytes) {
    if (bytes > UNWEIGHED_BYTES) {
      add(ofJson(bytes));
    }
  }

  private static long ofJson(long bytes) {
    return COPIES * bytes + Math.min(VALUES_OF_TEXT * bytes, MOST_VALUES_BYTES);
  }

  /// How long a JSON body can be at all.
  int mostJson(int maxBytes) {
    long afterValues = (most - MOST_VALUES_BYTES) / COPIES;
    long all = Math.max(afterValues, most / (COPIES + VALUES_OF_TEXT));
    return (int) Math.min(maxBytes, all);
  }

  /// From now on it holds nothing but the answer, where it held anything.
  void onlyFor(Answer answer) {
    if (answer.body() instanceof Answer.Body.Whole(byte[] bytes)) {
      // The server writes it into a buffer of its own.
      holding.lowerTo(2L * bytes.length);
    }
  }

  @Override
  public void close() {
    holding.close();
    others.forEach(ByteBudget.Holding::close);
  }
}
