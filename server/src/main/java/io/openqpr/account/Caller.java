package io.openqpr.account;

/// Who asks: an account, by one of its keys.
public record Caller(int account, String keyId) {}
