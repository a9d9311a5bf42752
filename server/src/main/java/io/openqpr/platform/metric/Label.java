package io.openqpr.platform.metric;

/// Tells metrics of one name apart.
///
/// @param value one of a small, fixed set: never what a request says
public record Label(String key, String value) {}
