package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.EventType;
import io.openqpr.storage.store.Attempt.Phases;
import io.openqpr.storage.store.Attempt.State;
import io.openqpr.storage.store.DeliveryStore.Ending;
import io.openqpr.storage.store.DeliveryStore.Entry;
import io.openqpr.storage.store.DeliveryStore.Progress;
import io.openqpr.storage.store.Demand.Operator;
import io.openqpr.storage.store.Webhook.Secrets;
import io.openqpr.storage.store.Webhook.SwitchedOff;
import io.openqpr.storage.store.Webhook.Way;
import io.openqpr.storage.store.WebhookStore.AttemptFilter;
import io.openqpr.storage.store.WebhookStore.Behind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How webhooks and their deliveries are kept.
public abstract class WebhookStoreContract extends StoreContract {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final FeedPlace FROM = place(5);

  private static FeedPlace place(long position) {
    return new FeedPlace(new TreeMap<>(Map.of(0, 3L, 1, position)));
  }

  private Webhook webhook(String id, int owner, long second) {
    return new Webhook(
        id,
        owner,
        "https://example.com/hooks?a=b",
        null,
        EnumSet.of(EventType.SCAN_CREATED),
        null,
        VisitFilter.ANY,
        "sealed headers",
        new Way(false, 1, 10, 0, Duration.ofSeconds(5)),
        new Secrets("sealed", null, null),
        null,
        at(second));
  }

  private Webhook added(String id) {
    Webhook webhook = webhook(id, account, 1);
    assertThat(store.webhooks().add(webhook, FROM, 100)).isTrue();
    return webhook;
  }

  private Progress claimed(String id, long second) {
    return store.deliveries().claim(id, at(second), LEASE).orElseThrow();
  }

  private static Delivery delivery(String webhook, String id, long sequence) {
    return new Delivery(
        webhook,
        id,
        "scan.created",
        List.of(new Delivery.Spot(1, sequence * 10), new Delivery.Spot(0, 4)),
        sequence,
        null);
  }

  private static Attempt attempt(String id, Delivery delivery, State state, long second) {
    return new Attempt(
        id,
        delivery,
        2,
        state,
        at(second),
        503,
        "status",
        "it's \"late\"",
        new Phases(1, 20, -1, 400, 5_000),
        "<busy>\n",
        at(second + 30));
  }

  private static Waiting waiting(Delivery delivery, int attempts, @Nullable Instant nextAt) {
    return new Waiting(delivery, attempts, nextAt, at(1), null);
  }

  private Set<String> written(Progress progress, List<Attempt> attempts, List<Waiting> waiting) {
    return store
        .deliveries()
        .write(List.of(new Entry(progress, attempts, waiting, List.of(), null)), at(20), LEASE);
  }

  @Test
  void keepsEveryFieldOfAWebhook() {
    var visit =
        new VisitFilter(
            List.of(
                new Demand(Facet.of(Trait.COUNTRY), Operator.ANY, List.of("DE", "none")),
                new Demand(Facet.of(Trait.CITY), Operator.STARTS, List.of("São & = % !")),
                new Demand(
                    Facet.of(Trait.PARAMS, "utm_source.not"), Operator.NOT, List.of("a&b=c")),
                new Demand(Facet.of(Trait.PARAMS, "ü!"), Operator.ANY, List.of("+ ")),
                new Demand(Facet.of(Trait.METADATA, "a.b"), Operator.IS, List.of(""))));
    var rich =
        new Webhook(
            "wh_1",
            account,
            "https://example.com/",
            "mine",
            EnumSet.allOf(EventType.class),
            code.ref(),
            visit,
            "{}",
            new Way(true, 100, 3, 50, Duration.ofMillis(30_000)),
            new Secrets("new", "old", at(9)),
            new SwitchedOff(at(8), "gone"),
            at(2));
    assertThat(store.webhooks().add(rich, FROM, 100)).isTrue();
    Webhook plain = added("wh_2");
    store.close();
    store = open();

    assertThat(store.webhooks().of(account)).containsExactly(rich, plain);
    assertThat(store.webhooks().find(account, "wh_1")).contains(rich);
    assertThat(store.deliveries().active()).extracting(s -> s.webhook()).containsExactly(plain);
  }

  @Test
  void accountsSeeNothingOfEachOther() {
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();
    added("wh_1");

    assertThat(store.webhooks().of(other)).isEmpty();
    assertThat(store.webhooks().find(other, "wh_1")).isEmpty();
    assertThat(store.webhooks().update(other, "wh_1", w -> w, place(1))).isEmpty();
    assertThat(store.webhooks().remove(other, "wh_1")).isFalse();
    assertThat(claimed("wh_1", 1).place()).isEqualTo(FROM);
  }

  @Test
  void oneOfAnotherStoreIsKeptOnceAndGoesOnCounting() {
    Webhook webhook = webhook("wh_1", account, 1);
    store.webhooks().restore(webhook, FROM, 41);
    store.webhooks().restore(webhook, place(9), 7);
    assertThat(store.webhooks().of(account)).containsExactly(webhook);
    Progress progress = claimed("wh_1", 1);
    assertThat(progress).isEqualTo(new Progress("wh_1", 1, FROM, 41, 0, null));

    Waiting failed = waiting(delivery("wh_1", "evt_1", 42), 1, at(30));
    Waiting givenUp = waiting(delivery("wh_1", "evt_2", 43), 11, null);
    written(new Progress("wh_1", 1, place(70), 43, 2, at(4)), List.of(), List.of(failed, givenUp));
    assertThat(store.webhooks().standing("wh_1"))
        .contains(new WebhookStore.Standing(place(70), 43, 1));
    assertThat(store.webhooks().standing("wh_2")).isEmpty();
  }

  @Test
  void anAccountHasNoMoreThanItMay() {
    added("wh_1");
    assertThat(store.webhooks().add(webhook("wh_2", account, 2), FROM, 1)).isFalse();
    assertThat(store.webhooks().of(account)).hasSize(1);
  }

  @Test
  void oneServerAtATimeHasAWebhookAndGoesOnWhereTheLastOneWas() {
    added("wh_1");
    Progress first = claimed("wh_1", 1);
    assertThat(first).isEqualTo(new Progress("wh_1", 1, FROM, 0, 0, null));
    assertThat(store.deliveries().claim("wh_1", at(10), LEASE)).isEmpty();

    var moved = new Progress("wh_1", 1, place(70), 7, 3, at(4));
    assertThat(written(moved, List.of(), List.of())).isEmpty();
    assertThat(store.deliveries().claim("wh_1", at(29), LEASE)).isEmpty();

    Progress heir = claimed("wh_1", 30);
    assertThat(heir).isEqualTo(new Progress("wh_1", 2, place(70), 7, 3, at(4)));
    // Who seemed dead comes back too late, and changes nothing.
    assertThat(written(first, List.of(), List.of())).containsExactly("wh_1");

    store.deliveries().giveBack(Map.of("wh_1", 1L));
    assertThat(store.deliveries().claim("wh_1", at(31), LEASE)).isEmpty();
    store.deliveries().giveBack(Map.of("wh_1", 2L));
    assertThat(claimed("wh_1", 31).claim()).isEqualTo(3);
  }

  @Test
  void whatFailedIsDueInItsTimeUntilItIsSettled() {
    added("wh_1");
    Progress progress = claimed("wh_1", 1);
    Waiting soon = waiting(delivery("wh_1", "evt_1", 1), 1, at(30));
    Waiting later = waiting(delivery("wh_1", "evt_2", 2), 1, at(40));
    Waiting givenUp = waiting(delivery("wh_1", "evt_3", 3), 11, null);
    written(progress, List.of(), List.of(later, soon, givenUp));

    assertThat(store.deliveries().due(Set.of("wh_1"), at(29), 10)).isEmpty();
    assertThat(store.deliveries().due(Set.of("wh_1"), at(50), 10)).containsExactly(soon, later);
    assertThat(store.deliveries().due(Set.of("wh_2"), at(50), 10)).isEmpty();
    assertThat(store.deliveries().waiting(Set.of("wh_1"))).isEqualTo(Map.of("wh_1", 2));

    Waiting again = waiting(soon.delivery(), 2, at(60));
    var entry = new Entry(progress, List.of(), List.of(again), List.of("evt_2"), null);
    store.deliveries().write(List.of(entry), at(20), LEASE);
    assertThat(store.deliveries().due(Set.of("wh_1"), at(99), 10)).containsExactly(again);
  }

  @Test
  void attemptsAreListedNewestFirstAndFiltered() {
    added("wh_1");
    Progress progress = claimed("wh_1", 1);
    Attempt a = attempt("att_a", delivery("wh_1", "evt_1", 1), State.SUCCEEDED, 5);
    Attempt b = attempt("att_b", delivery("wh_1", "evt_2", 2), State.RETRYING, 6);
    Attempt c = attempt("att_c", delivery("wh_1", "evt_3", 3), State.RETRYING, 6);
    written(progress, List.of(b, a, c), List.of());

    assertThat(attempts(null, null, 0, 99)).containsExactly(c, b, a);
    assertThat(attempts(State.RETRYING, null, 0, 99)).containsExactly(c, b);
    assertThat(attempts(null, "scan.created", 5, 99)).containsExactly(c, b);
    assertThat(attempts(null, "scan", 0, 99)).isEmpty();
    assertThat(attempts(null, null, 0, 6)).containsExactly(a);
    var all = new AttemptFilter("wh_1", null, null, null, null);
    assertThat(store.webhooks().attempts(all, 1, null)).containsExactly(c);
    assertThat(store.webhooks().attempts(all, 9, new Behind(at(6), "att_c"))).containsExactly(b, a);
    assertThat(store.webhooks().attempt("wh_1", "att_b")).contains(b);
    assertThat(store.webhooks().attempt("wh_2", "att_b")).isEmpty();
  }

  private List<Attempt> attempts(
      @Nullable State state, @Nullable String type, long since, long until) {
    var filter = new AttemptFilter("wh_1", state, type, at(since), at(until));
    return store.webhooks().attempts(filter, 10, null);
  }

  @Test
  void switchingOffTellsTheOthersAndSwitchingOnGoesOnWhereItStopped() {
    added("wh_1");
    added("wh_2");
    Progress progress = claimed("wh_1", 1);
    var off = new SwitchedOff(at(21), "gone");
    var ending = new Ending(off, "evt_n", "webhook.disabled", "{\"id\":\"evt_n\"}");
    Waiting failed = waiting(delivery("wh_1", "evt_1", 1), 1, at(900));
    assertThat(store.deliveries().switchedOff()).isZero();
    store
        .deliveries()
        .write(
            List.of(new Entry(progress, List.of(), List.of(failed), List.of(), ending)),
            at(20),
            LEASE);
    assertThat(store.deliveries().switchedOff()).isEqualTo(1);

    assertThat(store.webhooks().find(account, "wh_1").orElseThrow().switchedOff()).isEqualTo(off);
    assertThat(store.deliveries().claim("wh_1", at(90), LEASE)).isEmpty();
    assertThat(store.deliveries().due(Set.of("wh_1", "wh_2"), at(30), 10))
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.delivery().webhook()).isEqualTo("wh_2");
          assertThat(notice.delivery().body()).isEqualTo("{\"id\":\"evt_n\"}");
        });

    store.webhooks().update(account, "wh_1", w -> w.with((SwitchedOff) null), null);
    assertThat(claimed("wh_1", 91)).isEqualTo(new Progress("wh_1", 2, FROM, 0, 0, null));
    assertThat(store.deliveries().due(Set.of("wh_1"), at(91), 10)).hasSize(1);
  }

  @Test
  void whoMovesThePlaceIsNotOverwrittenByWhoSends() {
    added("wh_1");
    Progress progress = claimed("wh_1", 1);
    written(progress, List.of(), List.of(waiting(delivery("wh_1", "evt_1", 1), 1, at(30))));

    store.webhooks().update(account, "wh_1", w -> w, place(500));

    assertThat(written(progress, List.of(), List.of())).containsExactly("wh_1");
    assertThat(claimed("wh_1", 2).place()).isEqualTo(place(500));
    assertThat(store.deliveries().due(Set.of("wh_1"), at(99), 10)).isEmpty();
  }

  @Test
  void whatIsRemovedIsGoneWhoeverSendsIt() {
    added("wh_1");
    Progress progress = claimed("wh_1", 1);
    Delivery delivery = delivery("wh_1", "evt_1", 1);
    List<Attempt> attempts = List.of(attempt("att_1", delivery, State.RETRYING, 5));
    written(progress, attempts, List.of(waiting(delivery, 1, at(30))));

    assertThat(store.webhooks().remove(account, "wh_1")).isTrue();

    assertThat(store.webhooks().remove(account, "wh_1")).isFalse();
    assertThat(written(progress, attempts, List.of())).containsExactly("wh_1");
    assertThat(store.webhooks().attempt("wh_1", "att_1")).isEmpty();
    assertThat(store.deliveries().due(Set.of("wh_1"), at(99), 10)).isEmpty();
    assertThat(store.deliveries().claim("wh_1", at(99), LEASE)).isEmpty();
  }

  @Test
  void whatFailedIsResentAndCounted() {
    added("wh_1");
    Progress progress = claimed("wh_1", 1);
    Waiting one = waiting(delivery("wh_1", "evt_1", 1), 11, null);
    Waiting two = waiting(delivery("wh_1", "evt_2", 2), 3, at(900));
    var old = new Waiting(delivery("wh_1", "evt_0", 9), 11, null, at(0), null);
    written(progress, List.of(), List.of(one, two, old));

    var resend = store.webhooks().resendFailed("wh_1", "resend_1", at(0), at(2), at(40));

    assertThat(resend.total()).isEqualTo(2);
    assertThat(store.webhooks().resend("wh_1", "resend_1")).contains(resend);
    List<Waiting> due = store.deliveries().due(Set.of("wh_1"), at(40), 10);
    assertThat(due).extracting(w -> w.delivery().id()).containsExactly("evt_1", "evt_2");
    assertThat(due).extracting(Waiting::attempts).containsOnly(0);
    assertThat(store.deliveries().waiting(Set.of("wh_1"))).isEmpty();

    var failedAgain = new Waiting(two.delivery(), 11, null, at(1), "resend_1");
    var entry = new Entry(progress, List.of(), List.of(failedAgain), List.of("evt_1"), null);
    store.deliveries().write(List.of(entry), at(20), LEASE);
    var after = store.webhooks().resend("wh_1", "resend_1").orElseThrow();
    assertThat(List.of(after.total(), after.waiting(), after.failed())).containsExactly(2L, 0L, 1L);
    assertThat(store.webhooks().resend("wh_2", "resend_1")).isEmpty();
  }

  @Test
  void oneIsResentWhateverBecameOfIt() {
    added("wh_1");
    Waiting again = waiting(delivery("wh_1", "evt_1", 1), 0, at(3));
    store.webhooks().resend(again);
    store.webhooks().resend(again);
    assertThat(store.deliveries().due(Set.of("wh_1"), at(3), 10)).containsExactly(again);
  }

  @Test
  void onlyTheNewestIsKept() {
    added("wh_1");
    Progress progress = claimed("wh_1", 1);
    Delivery delivery = delivery("wh_1", "evt_1", 1);
    written(
        progress,
        List.of(
            attempt("att_1", delivery, State.SUCCEEDED, 1),
            attempt("att_2", delivery, State.FAILED, 2),
            attempt("att_3", delivery, State.SUCCEEDED, 3),
            attempt("att_4", delivery, State.SUCCEEDED, 4),
            attempt("att_5", delivery, State.SUCCEEDED, 5)),
        List.of(
            new Waiting(delivery("wh_1", "evt_a", 1), 11, null, at(1), null),
            new Waiting(delivery("wh_1", "evt_b", 1), 11, null, at(2), null),
            new Waiting(delivery("wh_1", "evt_c", 1), 11, null, at(3), null),
            new Waiting(delivery("wh_1", "evt_d", 1), 1, at(9), at(1), null)));

    assertThat(store.webhooks().trim(at(2), 2)).isZero();

    assertThat(attempts(null, null, 0, 99))
        .extracting(Attempt::id)
        .containsExactly("att_5", "att_4", "att_2");
    assertThat(store.webhooks().trim(at(2), 1)).isEqualTo(1);
    assertThat(attempts(null, null, 0, 99))
        .extracting(Attempt::id)
        .containsExactly("att_5", "att_2");
    assertThat(store.deliveries().due(Set.of("wh_1"), at(9), 10)).hasSize(1);
  }
}
