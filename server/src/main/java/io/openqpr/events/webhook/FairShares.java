package io.openqpr.events.webhook;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// So many requests at once, with bodies of so many bytes, shared by all webhooks, so that those
/// whose receivers are slow do not take them from the others:
///
/// - a webhook has a fiftieth of the requests that are free at most, and a quarter of the free
///   bytes: however many are busy, some stay free;
/// - one that was never answered has two;
/// - one whose last request was not answered in time has two, and all such ones together a half.
///
/// Who gets none is called when there may be one again, in the order of asking. Any thread.
final class FairShares {

  /// Requests of a webhook that has yet to show that it answers: one of the stream, and one of what
  /// waits beside it.
  static final int PROBES = 2;

  private static final int SHARES = 50;
  private static final int SHARES_OF_BYTES = 4;

  private final int most;
  private final long mostBytes;

  /// Seats that found none, in the order of asking.
  private final Set<Seat> waiting = new LinkedHashSet<>();

  /// It has nothing under way and found too few bytes: nobody passes it, or it might wait for ever.
  private @Nullable Seat first;

  private int used;
  private long usedBytes;
  private int usedBySilent;
  private long usedBytesBySilent;

  FairShares(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  private enum Answers {
    UNKNOWN,
    IN_TIME,
    NONE
  }

  /// One webhook's part. Guarded by the shares.
  static final class Seat {
    private final Runnable call;
    private Answers answers;
    private int used;
    private long bytes;
    private long wanted;

    private Seat(Answers answers, Runnable call) {
      this.answers = answers;
      this.call = call;
    }
  }

  /// @param silent whether it is known not to answer
  /// @param call there may be a slot: to be taken at once, or not at all
  Seat seat(boolean silent, Runnable call) {
    return new Seat(silent ? Answers.NONE : Answers.UNKNOWN, call);
  }

  /// @param length of the body, in bytes, about
  /// @return whether it was taken, to be given back; if not, the seat's webhook is called
  synchronized boolean take(Seat seat, long length) {
    long counted = counted(length);
    boolean passing = first != null && first != seat;
    if (passing || !isFree(seat, counted)) {
      seat.wanted = counted;
      waiting.add(seat);
      if (first == null && seat.answers != Answers.NONE && seat.used == 0 && used < most) {
        first = seat;
      }
      return false;
    }
    forget(seat);
    count(seat, 1, counted);
    return true;
  }

  /// A very large one counts as less, or it might never fit.
  private long counted(long length) {
    return Math.min(length, mostBytes / SHARES_OF_BYTES);
  }

  private boolean isFree(Seat seat, long length) {
    if (used >= most || length > mostBytes - usedBytes) {
      return false;
    }
    if (seat.used == 0) {
      return seat.answers != Answers.NONE || isFreeForSilent(length);
    }
    return switch (seat.answers) {
      case NONE -> seat.used < PROBES && isFreeForSilent(length);
      case UNKNOWN -> seat.used < PROBES && isFairOfBytes(seat, length);
      case IN_TIME -> seat.used < (most - used) / SHARES && isFairOfBytes(seat, length);
    };
  }

  private boolean isFreeForSilent(long length) {
    return usedBySilent < most / 2 && usedBytesBySilent + length <= mostBytes / 2;
  }

  private boolean isFairOfBytes(Seat seat, long length) {
    return seat.bytes + length <= (mostBytes - usedBytes) / SHARES_OF_BYTES;
  }

  private void count(Seat seat, int requests, long bytes) {
    used += requests;
    usedBytes += bytes;
    seat.used += requests;
    seat.bytes += bytes;
    if (seat.answers == Answers.NONE) {
      usedBySilent += requests;
      usedBytesBySilent += bytes;
    }
  }

  /// @param length as it was taken
  /// @param inTime whether the receiver said something, and be it no
  void giveBack(Seat seat, long length, boolean inTime) {
    synchronized (this) {
      count(seat, -1, -counted(length));
      Answers now = inTime ? Answers.IN_TIME : Answers.NONE;
      if (now != seat.answers) {
        int change = now == Answers.NONE ? 1 : seat.answers == Answers.NONE ? -1 : 0;
        usedBySilent += change * seat.used;
        usedBytesBySilent += change * seat.bytes;
        seat.answers = now;
      }
    }
    callWaiting();
  }

  /// It wants none any more.
  void leave(Seat seat) {
    synchronized (this) {
      forget(seat);
    }
    callWaiting();
  }

  private void forget(Seat seat) {
    waiting.remove(seat);
    first = first == seat ? null : first;
  }

  /// One after the other, until those that wait find none.
  private void callWaiting() {
    Seat next;
    while ((next = nextWaiting()) != null) {
      next.call.run();
    }
  }

  private synchronized @Nullable Seat nextWaiting() {
    if (first != null) {
      return isFree(first, first.wanted) ? called(first) : null;
    }
    if (used >= most) {
      return null;
    }
    for (Seat seat : waiting) {
      if (isFree(seat, seat.wanted)) {
        return called(seat);
      }
    }
    return null;
  }

  private Seat called(Seat seat) {
    forget(seat);
    return seat;
  }

  synchronized int used() {
    return used;
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
