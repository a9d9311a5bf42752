package io.openqpr.web.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// Names one state of a resource, so that whoever has it already need not be sent it again.
///
/// @param text as in the header `ETag`, in double quotes
public record EntityTag(String text) {

  private static final int BYTES = 16;

  /// The same for the same texts of the parts, another for others.
  public static EntityTag of(Object... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (Object part : parts) {
        byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
      }
      byte[] start = Arrays.copyOf(digest.digest(), BYTES);
      return new EntityTag(
          '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether `If-None-Match` names it: the answer is [Answer#notModified] then.
  public boolean isKnownTo(Request request) {
    for (String header : request.headers("If-None-Match")) {
      for (String known : header.split(",")) {
        String tag = known.strip();
        if (tag.equals("*") || tag.equals(text) || tag.equals("W/" + text)) {
          return true;
        }
      }
    }
    return false;
  }
}
