package io.openqpr.model;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/// Makes new ids. Within one maker ids rise strictly, also inside one millisecond, so that scans
/// sort by id as they arrived. Safe for any number of threads.
public final class IdMaker {

  /// Without i, l, o, 0, 1: read aloud or typed from a poster they are mistaken for each other.
  private static final String SHORT_ID_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int SHORT_ID_LENGTH = 6;

  private final SecureRandom random;
  private final UlidFactory ulids;

  public IdMaker(Clock clock, SecureRandom random) {
    this.random = random;
    LongSupplier noise = random::nextLong;
    this.ulids = UlidFactory.newMonotonicInstance(noise, clock::millis);
  }

  /// A ULID whose time is now, or the last one's when the clock was set back.
  public Ulid next() {
    return ulids.create();
  }

  /// An id of the kind `prefix` names, such as `qpr_`.
  public String next(String prefix) {
    return prefix + next();
  }

  /// An id whose time is the given one, for sample and imported scans.
  public ScanId scanAt(Instant time) {
    byte[] noise = new byte[Ulid.RANDOM_BYTES];
    random.nextBytes(noise);
    return new ScanId(ScanId.PREFIX + new Ulid(time.toEpochMilli(), noise));
  }

  /// A random short id; the store says whether it is taken.
  public String shortId() {
    var id = new StringBuilder(SHORT_ID_LENGTH);
    for (int i = 0; i < SHORT_ID_LENGTH; i++) {
      id.append(SHORT_ID_ALPHABET.charAt(random.nextInt(SHORT_ID_ALPHABET.length())));
    }
    return id.toString();
  }
}
