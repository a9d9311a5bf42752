package io.openqpr.events.webhook.post;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/// JSON to be sent, in parts that others may have as well: it is copied nowhere, and nobody changes
/// the parts.
public record PostBody(List<byte[]> parts) {

  /// JSON is UTF-8, and its media type has no parameter that says so (RFC 8259 11).
  private static final ContentType JSON = ContentType.create("application/json");

  public static final PostBody EMPTY = new PostBody(List.of());

  public PostBody {
    parts = List.copyOf(parts);
  }

  public static PostBody of(byte[] whole) {
    return new PostBody(List.of(whole));
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /// In bytes.
  public long length() {
    long length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    return length;
  }

  Entity entity() {
    return new Entity(this);
  }

  static final class Entity extends AbstractHttpEntity {
    private final PostBody body;
    private final long length;

    private Entity(PostBody body) {
      super(JSON, null);
      this.body = body;
      this.length = body.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      for (byte[] part : body.parts) {
        out.write(part);
      }
    }

    @Override
    public long getContentLength() {
      return length;
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public boolean isStreaming() {
      return false;
    }

    @Override
    public InputStream getContent() {
      throw new UnsupportedOperationException("it is written, not read");
    }

    @Override
    public void close() {}
  }
}
