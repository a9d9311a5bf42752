package io.openqpr.platform.config;

/// Requests a minute for each API key, by kind.
///
/// @param createCodes `POST /v1/qpr-codes`
/// @param listScans `GET /v1/scans`
/// @param analytics of a code or the account
/// @param other everything else under `/v1/`
public record RateLimitSettings(int createCodes, int listScans, int analytics, int other) {}
