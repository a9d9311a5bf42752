package io.openqpr.events.webhook;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// So many requests at once, with bodies of so many bytes, shared by all webhooks, so that those
/// whose receivers are slow do not take them from the others:
///
/// - any may be a webhook's first one;
/// - further ones are sent while those that answer have less than four tenths;
/// - a webhook that was never answered has two;
/// - one whose last request was not answered in time has two, and all such ones together three
///   tenths.
///
/// So three tenths are left for the first ones of others. Who gets none is called when there may be
/// one again, in the order of asking, so that the busy ones take turns. Any thread.
final class FairShares {

  /// Requests of a webhook that has yet to show that it answers: one of the stream, and one of what
  /// waits beside it.
  static final int PROBES = 2;

  private static final int TENTHS_OF_FURTHER = 4;
  private static final int TENTHS_OF_SILENT = 3;

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
    return Math.min(length, mostBytes / 10);
  }

  private boolean isFree(Seat seat, long length) {
    if (used >= most || length > mostBytes - usedBytes) {
      return false;
    }
    boolean hasNone = seat.used == 0;
    return switch (seat.answers) {
      case NONE -> seat.used < PROBES && isFreeForSilent(length);
      case UNKNOWN -> hasNone || (seat.used < PROBES && isFreeForFurther(length));
      case IN_TIME -> hasNone || isFreeForFurther(length);
    };
  }

  private boolean isFreeForSilent(long length) {
    return usedBySilent < Math.max(1, most / 10 * TENTHS_OF_SILENT)
        && usedBytesBySilent + length <= mostBytes / 10 * TENTHS_OF_SILENT;
  }

  private boolean isFreeForFurther(long length) {
    return used - usedBySilent < most / 10 * TENTHS_OF_FURTHER
        && usedBytes - usedBytesBySilent + length <= mostBytes / 10 * TENTHS_OF_FURTHER;
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
