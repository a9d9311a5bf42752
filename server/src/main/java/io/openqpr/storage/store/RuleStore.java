package io.openqpr.storage.store;

import io.openqpr.model.IgnoreRule;
import java.util.List;
import java.util.Optional;

/// What accounts told to ignore.
public interface RuleStore {

  /// @param most how many rules an account may have
  /// @return `false`, and nothing changed, when it has them already
  boolean add(IgnoreRule rule, int most);

  /// The account's rules, newest first (by creation, then id).
  List<IgnoreRule> of(int account);

  /// @return what was removed; empty when the account has no such rule
  Optional<IgnoreRule> remove(int account, String id);

  /// Adds an account's rules of another store as they are; those whose id is there already are left
  /// as they are. Their codes must be there.
  void restore(List<IgnoreRule> rules);
}
