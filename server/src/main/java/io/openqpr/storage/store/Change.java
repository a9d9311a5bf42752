package io.openqpr.storage.store;

/// Something in the store is not what it was: what was remembered of it has to be asked for again.
///
/// @param key as its kind says
public record Change(Kind kind, String key) {

  /// What servers remember. A new kind is a line here, one where it is written, and a [Memory].
  public enum Kind {
    /// A code, new or changed, by its short id.
    CODE,
    /// An API key, new or revoked, by its hash.
    API_KEY,
    /// What an account ignores, by the account's number.
    IGNORE_RULES,
    /// There is more in the feed, in the line of this number; nobody remembers anything of it.
    FEED
  }
}
