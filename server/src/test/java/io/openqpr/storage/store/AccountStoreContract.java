package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.Account;
import io.openqpr.model.ApiKey;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.AccountStore.Revocation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How accounts and their keys are kept.
public abstract class AccountStoreContract extends StoreContract {

  @Test
  void theFirstAccountIsTheOldest() {
    Account second = store.accounts().create("acct_2", "Two", Samples.BORN.plusSeconds(1));

    assertThat(store.accounts().first().orElseThrow().number()).isEqualTo(account);
    assertThat(second.number()).isNotEqualTo(account);
  }

  @Test
  void anAccountThatGetsNoKeyIsNotMade() {
    assertThatThrownBy(() ->
            store
                .accounts()
                .create(
                    "acct_2",
                    "Two",
                    Samples.BORN,
                    number -> {
                      throw new IllegalStateException("no key");
                    }))
        .hasMessageContaining("no key");

    assertThat(store.accounts().all()).extracting(Account::id).containsExactly("acct_1");
  }

  @Test
  void aKeyIsFoundByItsHash() {
    var key = key("key_1", "abc", null);

    store.accounts().addKey(key);

    assertThat(store.accounts().keyByHash("abc")).contains(key);
    assertThat(store.accounts().keyByHash("abd")).isEmpty();
  }

  @Test
  void keysAreRevokedButForTheLastFullOne() {
    ApiKey limited = key("key_1", "a", Set.of(Scope.SCANS_READ, Scope.KEYS_WRITE));
    ApiKey full = key("key_2", "b", null);
    List.of(limited, full).forEach(store.accounts()::addKey);

    assertThat(store.accounts().keys(account)).containsExactly(full, limited);
    assertThat(revoke("key_2")).isEqualTo(new Revocation.LastFullKey());
    assertThat(revoke("key_3")).isEqualTo(new Revocation.Absent());
    assertThat(store.accounts().revokeKey(account + 1, "key_1", at(5)))
        .isEqualTo(new Revocation.Absent());

    store.accounts().addKey(key("key_3", "c", null));
    assertThat(revoke("key_2")).isInstanceOf(Revocation.Revoked.class);
    assertThat(revoke("key_2")).isInstanceOf(Revocation.Revoked.class);
    assertThat(store.accounts().keyByHash("b").orElseThrow().revokedAt()).isEqualTo(at(5));
    assertThat(revoke("key_3")).isEqualTo(new Revocation.LastFullKey());
  }

  @Test
  void theLastUseOfAKeyNeverMovesBack() {
    store.accounts().addKey(key("key_1", "a", null));

    store.accounts().keysUsed(Map.of("key_1", at(9), "key_9", at(9)));
    store.accounts().keysUsed(Map.of("key_1", at(7)));

    assertThat(store.accounts().keyByHash("a").orElseThrow().lastUsedAt()).isEqualTo(at(9));
  }

  @Test
  void remembersHowLongScansAreKept() {
    Account other = store.accounts().create("acct_2", "Two", Samples.BORN);
    assertThat(store.accounts().byNumber(account).retentionDays()).isNull();

    assertThat(store.accounts().keepFor(account, 30).retentionDays()).isEqualTo(30);
    assertThat(store.accounts().byNumber(account).retentionDays()).isEqualTo(30);
    assertThat(store.accounts().byNumber(other.number())).isEqualTo(other);

    assertThat(store.accounts().keepFor(account, null).retentionDays()).isNull();
  }

  @Test
  void aClosedStoreAnswersNothing() {
    store.close();
    assertThatThrownBy(() -> store.accounts().first()).isInstanceOf(StoreException.class);
    store = open();
  }

  private ApiKey key(String id, String hash, @Nullable Set<Scope> scopes) {
    return new ApiKey(id, account, "name", hash, scopes, Samples.BORN, null, null);
  }

  private Revocation revoke(String id) {
    return store.accounts().revokeKey(account, id, at(5));
  }
}
