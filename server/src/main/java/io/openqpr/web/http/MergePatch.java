package io.openqpr.web.http;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON merge patch (RFC 7396) of an object: what it names is replaced, `null` takes away,
/// objects inside are patched likewise, the rest stays.
public final class MergePatch {

  private final JsonNode patch;

  MergePatch(JsonNode patch) {
    this.patch = patch;
  }

  /// @param json an object as text
  /// @return the patched object as text
  public String applyTo(String json) {
    return Json.text(merged(Json.read(json), patch));
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result = target.isObject() ? ((ObjectNode) target).deepCopy() : Json.emptyObject();
    for (var entry : patch.properties()) {
      if (entry.getValue().isNull()) {
        result.remove(entry.getKey());
      } else {
        JsonNode before = result.path(entry.getKey());
        result.set(entry.getKey(), merged(before, entry.getValue()));
      }
    }
    return result;
  }
}
