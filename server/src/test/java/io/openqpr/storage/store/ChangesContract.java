package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.ApiKey;
import io.openqpr.storage.store.Change.Kind;
import io.openqpr.storage.store.CodeStore.NewCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a server hears of another's changes; for engines that several may use.
public abstract class ChangesContract extends StoreContract {

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private Store other;

  /// Ends the connection that hears, from outside.
  protected abstract void cutListening();

  @BeforeEach
  void listen() throws InterruptedException {
    other = open();
    other
        .changes()
        .listen(
            new Changes.Listener() {
              @Override
              public void changed(Change change) {
                if (change.kind() != Kind.FEED) { // in tests of its own
                  heard.add(change);
                }
              }

              @Override
              public void missed() {
                heard.add("missed");
              }
            });
    assertThat(next()).isEqualTo("missed");
  }

  @AfterEach
  void closeOther() {
    other.close();
  }

  private Object next() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  private static Change code(String shortId) {
    return new Change(Kind.CODE, shortId);
  }

  @Test
  void hearsOfNewAndChangedCodesAndKeys() throws InterruptedException {
    String made = create(account, "New").ref().shortId();
    assertThat(next()).isEqualTo(code(made));
    store.codes().update(account, code.ref().id(), door -> door.deleted(at(1)));
    assertThat(next()).isEqualTo(code(code.ref().shortId()));

    for (String id : List.of("key_1", "key_2")) {
      store.accounts().addKey(new ApiKey(id, account, "n", "hash-" + id, null, at(0), null, null));
      next();
    }
    store.accounts().revokeKey(account, "key_1", at(1));
    assertThat(next()).isEqualTo(new Change(Kind.API_KEY, "hash-key_1"));
  }

  @Test
  void hearsOfEachOfThousandsOfCodes() throws InterruptedException {
    var codes = new ArrayList<NewCode>();
    var expected = new ArrayList<Object>();
    for (int i = 0; i < 5_000; i++) {
      codes.add(samples.code(account, "n"));
      expected.add(code(codes.getLast().shortId()));
    }
    store.codes().createAll(codes);

    var changes = new ArrayList<Object>();
    for (int i = 0; i < codes.size(); i++) {
      changes.add(next());
    }
    assertThat(changes).isEqualTo(expected);
  }

  @Test
  void hearsNothingOfWhatWasTakenBack() throws InterruptedException {
    var one = samples.code(account, "n");
    assertThatThrownBy(() -> store.codes().createAll(List.of(one, twin())))
        .isInstanceOf(StoreException.class);
    String made = create(account, "New").ref().shortId();
    assertThat(next()).isEqualTo(code(made));
  }

  private NewCode twin() {
    NewCode fresh = samples.code(account, "n");
    return new NewCode(
        account,
        fresh.id(),
        code.ref().shortId(),
        "n",
        "p",
        null,
        null,
        null,
        fresh.metadata(),
        fresh.createdAt());
  }

  @Test
  void listensAgainWhenItWasCut() throws InterruptedException {
    cutListening();
    assertThat(next()).isEqualTo("missed");
    assertThat(other.changes().lost()).isEqualTo(1);
    String made = create(account, "New").ref().shortId();
    assertThat(next()).isEqualTo(code(made));
  }
}
