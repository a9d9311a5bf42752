package io.openqpr.web.http;

/// JSON that is written as it is, such as a code's metadata.
public record RawJson(String text) {}
