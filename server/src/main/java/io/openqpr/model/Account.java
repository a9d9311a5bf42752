package io.openqpr.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whoever owns codes and keys. Every read and write is inside one account.
///
/// @param number the store's own small number for the account
/// @param retentionDays how long its scans and ignored hits are kept; `null` for ever
public record Account(
    int number, String id, String name, Instant createdAt, @Nullable Integer retentionDays) {

  public static final String ID_PREFIX = "acct_";

  /// A hundred years.
  public static final int MAX_RETENTION_DAYS = 36_500;
}
