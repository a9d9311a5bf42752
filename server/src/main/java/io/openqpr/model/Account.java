package io.openqpr.model;

import java.time.Instant;

/// Whoever owns codes and keys. Every read and write is inside one account.
///
/// @param number the store's own small number for the account
public record Account(int number, String id, String name, Instant createdAt) {

  public static final String ID_PREFIX = "acct_";
}
