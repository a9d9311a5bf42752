package io.openqpr.model;

import org.jspecify.annotations.Nullable;

/// More that a scan knows of its visit, in words that many visits share: none of it tells one
/// person from another.
///
/// @param os family of the system, such as `iOS`, without a version
/// @param browser family of the browser or app, such as `Safari`, without a version
/// @param language the first one asked for, such as `de` or `pt-BR`
/// @param referrer host of the page whose link was followed, such as `news.example.com`
/// @param params of the scan URL itself (`?utm_source=poster`), a JSON object of texts as text
public record Details(
    @Nullable String os,
    @Nullable String browser,
    @Nullable String language,
    @Nullable String referrer,
    String params) {

  public static final String NO_PARAMS = "{}";

  public static final Details NONE = new Details(null, null, null, null, NO_PARAMS);
}
