package io.openqpr.platform.disk;

import io.openqpr.platform.CannotStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The server's own secret: 32 random bytes, made at the first start and kept in a file that only
/// its owner reads. Each use takes a key derived for it, so that none tells about another.
public final class Secret {

  private static final int BYTES = 32;

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @throws CannotStartException when the file cannot be read or made, or is not beside a database
  ///   that was made with it: another one would take every device for a new one
  public static Secret in(Disk disk, Path dataDir, SecureRandom random) {
    Path file = dataDir.resolve("secret.key");
    try {
      if (!disk.exists(file)) {
        create(disk, file, random);
      }
      byte[] bytes = disk.read(file);
      if (bytes.length != BYTES) {
        throw new CannotStartException(
            file
                + " is no secret of "
                + BYTES
                + " bytes; it is damaged: put it back from a backup");
      }
      return new Secret(bytes);
    } catch (IOException e) {
      throw new CannotStartException(file + " cannot be used: " + e.getMessage());
    }
  }

  private static void create(Disk disk, Path file, SecureRandom random) throws IOException {
    Path database = DataDirectory.databaseIn(Disk.directoryOf(file));
    if (disk.exists(database)) {
      throw new CannotStartException(
          "%s is missing, and %s was made with it; put it back from a backup (docs/operations.md says what to do without one)"
              .formatted(file, database.getFileName()));
    }
    byte[] fresh = new byte[BYTES];
    random.nextBytes(fresh);
    SecretFile.create(disk, file, fresh);
  }

  /// The secret that several servers share, given this one's.
  public Secret shared(UnaryOperator<byte[]> sharing) {
    return new Secret(sharing.apply(bytes.clone()));
  }

  /// HMAC-SHA256(secret, use): 32 bytes.
  public byte[] keyFor(String use) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      return mac.doFinal(use.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
