package io.openqpr.code.image;

import java.util.Optional;

/// What a picture can be drawn as.
enum Format {
  PNG("png", "image/png"),
  SVG("svg", "image/svg+xml"),
  PDF("pdf", "application/pdf");

  private final String extension;
  private final String mediaType;

  Format(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  static Optional<Format> ofExtension(String extension) {
    for (Format format : values()) {
      if (format.extension.equals(extension)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
