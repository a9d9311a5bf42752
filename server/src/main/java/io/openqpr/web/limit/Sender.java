package io.openqpr.web.limit;

import io.openqpr.storage.store.LocalCounts;
import io.openqpr.storage.store.StoreException;
import io.openqpr.web.http.ClientAddress;
import io.openqpr.web.http.Request;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Who sends: the key, where it is one that exists, else the address (IPv6 by /64). What stands in
/// the header is nothing to count by: whoever writes another text each time would be new each time.
///
/// Keys that do not exist are counted for each address, by this server alone; beyond a few a minute
/// its further ones are not looked for, so that nobody can try out many. Keys that this server
/// remembers go on being good there.
final class Sender {

  /// Keys that do not exist, from one address in a minute.
  static final int WRONG_KEYS = 20;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int NETWORK_BYTES = 8;

  private final SecretKeySpec secret;
  private final ClientAddress addresses;
  private final KnownKeys keys;
  private final LocalCounts wrong = new LocalCounts(System::nanoTime);

  Sender(byte[] secret, ClientAddress addresses, KnownKeys keys) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
    this.addresses = addresses;
    this.keys = keys;
  }

  /// @param identity tells nobody who it is: only to be counted by [#count]
  record Known(String identity) {}

  /// Who sends this; empty for who has shown too many keys that do not exist.
  Optional<Known> of(Request request) {
    String address = network(addresses.of(request));
    if (request.header("Authorization").isEmpty()) {
      return Optional.of(new Known(address));
    }
    Optional<String> remembered = keys.remembered(request);
    if (remembered.isPresent()) {
      return remembered.map(Known::new);
    }
    long guesser = count(new Known(address), "wrong key");
    if (wrong.of(guesser).filter(count -> count.used() >= WRONG_KEYS).isPresent()) {
      return Optional.empty();
    }
    try {
      Optional<String> found = keys.find(request);
      if (found.isEmpty()) {
        wrong.add(guesser, 1);
      }
      return Optional.of(new Known(found.orElse(address)));
    } catch (StoreException e) {
      return Optional.of(new Known(address)); // the request itself will tell
    }
  }

  /// As a number that tells nothing: the first 64 bits of HMAC-SHA256(secret, kind of request |
  /// who).
  long count(Known sender, String kind) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      String text = kind + "|" + sender.identity();
      return ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean whole = !(address instanceof Inet6Address);
    return HexFormat.of().formatHex(whole ? bytes : Arrays.copyOf(bytes, NETWORK_BYTES));
  }
}
