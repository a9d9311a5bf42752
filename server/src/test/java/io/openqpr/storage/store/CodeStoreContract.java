package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeStatus;
import io.openqpr.model.QprCode;
import io.openqpr.model.ScannableCode;
import io.openqpr.storage.store.PageRequest.AtOffset;
import io.openqpr.storage.store.PageRequest.Behind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How codes are made, found, listed and changed.
public abstract class CodeStoreContract extends StoreContract {

  @Test
  void aCodeIsReadAsItWasMade() {
    var asked = samples.code(account, "Zimmer „7“ 🛎");

    QprCode made = store.codes().create(asked).orElseThrow();

    assertThat(scannable(asked.shortId())).contains(ScannableCode.of(made));
    assertThat(store.codes().byId(account, asked.id())).contains(made);
    assertThat(made.name()).isEqualTo(asked.name());
    assertThat(made.status()).isEqualTo(CodeStatus.ACTIVE);
    assertThat(made.scansSince()).isEqualTo(asked.createdAt());
  }

  @Test
  void aTakenShortIdIsRefused() {
    var asked = samples.code(account, "a");
    store.codes().create(asked);

    assertThat(store.codes().create(asked)).isEmpty();
    assertThat(store.codes().page(new CodeFilter(account, null, null), new AtOffset(1, 0)).total())
        .isEqualTo(2);
  }

  @Test
  void anotherAccountsCodeIsAbsent() {
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();

    assertThat(store.codes().byId(other, code.ref().id())).isEmpty();
    assertThat(store.codes().byId(account, new CodeId("qpr_none"))).isEmpty();
    assertThat(store.codes().page(new CodeFilter(other, null, null), new AtOffset(9, 0)).codes())
        .isEmpty();
    assertThat(store.codes().scansSince(other)).isEmpty();
  }

  @Test
  void codesAreListedNewestFirst() {
    QprCode second = create(account, "b");
    QprCode third = create(account, "c");

    assertThat(codes(null, null, new AtOffset(2, 0))).containsExactly(third, second);
    assertThat(codes(null, null, new AtOffset(2, 2))).containsExactly(code);
    assertThat(codes(null, null, new AtOffset(2, 99))).isEmpty();
    String id = third.ref().id().text();
    assertThat(codes(null, null, new Behind(9, third.createdAt(), id)))
        .containsExactly(second, code);
  }

  @Test
  void codesAreFilteredByStatusAndName() {
    QprCode paused = create(account, "Garden DOOR 100% _");
    change(paused, CodeStatus.PAUSED);

    assertThat(codes(CodeStatus.PAUSED, null, new AtOffset(9, 0))).hasSize(1);
    assertThat(codes(CodeStatus.ARCHIVED, null, new AtOffset(9, 0))).isEmpty();
    assertThat(codes(null, "door", new AtOffset(9, 0))).hasSize(2);
    assertThat(codes(null, "00% _", new AtOffset(9, 0))).hasSize(1);
    assertThat(codes(null, "%", new AtOffset(9, 0))).hasSize(1);
    assertThat(codes(CodeStatus.ACTIVE, "garden", new AtOffset(9, 0))).isEmpty();
  }

  @Test
  void aCodeIsChanged() {
    QprCode changed = change(code, CodeStatus.PAUSED);

    assertThat(changed.status()).isEqualTo(CodeStatus.PAUSED);
    assertThat(scannable(code.ref().shortId())).contains(ScannableCode.of(changed));
    assertThat(store.codes().update(account + 1, code.ref().id(), c -> c)).isEmpty();
    assertThat(store.codes().update(account, new CodeId("qpr_none"), c -> c)).isEmpty();
  }

  @Test
  void aChangeThatFailsLeavesTheCode() {
    assertThatThrownBy(() ->
            store
                .codes()
                .update(
                    account,
                    code.ref().id(),
                    c -> {
                      throw new IllegalArgumentException("no");
                    }))
        .hasMessage("no");
    assertThat(store.codes().byId(account, code.ref().id())).contains(code);
  }

  @Test
  void aDeletedCodeIsKnownOnlyByItsIds() {
    QprCode deleted = change(code, CodeStatus.DELETED);

    assertThat(codes(null, null, new AtOffset(9, 0))).isEmpty();
    assertThat(codes(CodeStatus.DELETED, null, new AtOffset(9, 0))).isEmpty();
    assertThat(store.codes().update(account, code.ref().id(), c -> c)).isEmpty();
    assertThat(store.codes().byId(account, code.ref().id())).contains(deleted);
    assertThat(scannable(code.ref().shortId())).contains(ScannableCode.of(deleted));
    assertThat(store.codes().taken(List.of(code.ref().shortId(), "free")))
        .containsExactly(code.ref().shortId());
  }

  @Test
  void manyShortIdsAreLookedForAtOnce() {
    List<QprCode> made =
        store.codes().createAll(List.of(samples.code(account, "x"), samples.code(account, "y")));
    var asked = new ArrayList<String>();
    for (int i = 0; i < 2_500; i++) {
      asked.add("none" + i);
    }
    made.forEach(each -> asked.add(each.ref().shortId()));

    assertThat(store.codes().byShortIds(asked).values())
        .containsExactlyInAnyOrderElementsOf(made.stream().map(ScannableCode::of).toList());
    assertThat(store.codes().byShortIds(List.of())).isEmpty();
  }

  private Optional<ScannableCode> scannable(String shortId) {
    return Optional.ofNullable(store.codes().byShortIds(List.of(shortId)).get(shortId));
  }

  @Test
  void manyCodesAreMadeAtOnce() {
    List<QprCode> made =
        store.codes().createAll(List.of(samples.code(account, "x"), samples.code(account, "y")));

    assertThat(made).extracting(QprCode::name).containsExactly("x", "y");
    for (QprCode each : made) {
      assertThat(store.codes().byId(account, each.ref().id())).contains(each);
    }
  }

  private QprCode change(QprCode code, CodeStatus status) {
    return store
        .codes()
        .update(
            code.ref().account(),
            code.ref().id(),
            c ->
                new QprCode(
                    c.ref(),
                    c.name(),
                    c.prompt(),
                    c.welcomeMessage(),
                    c.template(),
                    status,
                    c.conversationUrl(),
                    c.metadata(),
                    c.createdAt(),
                    at(77),
                    c.scansSince()))
        .orElseThrow();
  }

  private List<QprCode> codes(
      @Nullable CodeStatus status, @Nullable String search, PageRequest page) {
    CodeStore.Page found = store.codes().page(new CodeFilter(account, status, search), page);
    assertThat(found.total()).isGreaterThanOrEqualTo(found.codes().size());
    return found.codes();
  }
}
