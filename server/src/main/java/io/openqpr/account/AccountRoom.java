package io.openqpr.account;

import io.openqpr.platform.job.Job;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.storage.store.Store;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Accounts and their keys, with what the rooms above need of them.
public final class AccountRoom implements Room {

  private final Bootstrap.Outcome first;
  private final LastUse lastUse;
  private final Gate gate;
  private final Idempotency once;
  private final Retention retention;
  private final List<Route> routes = new ArrayList<>();

  /// Makes the first account and its key where there are none.
  ///
  /// @param showKey is told the key before it is kept
  public AccountRoom(Ground ground, Consumer<String> showKey) {
    Store store = ground.store();
    AccountStore accounts = store.accounts();
    var keys = new Keys(accounts, ground.ids(), ground.clock(), ground.random());
    var bootstrap = new Bootstrap(accounts, keys, ground.ids(), ground.clock());
    first = bootstrap.run(ground.settings().apiKey(), showKey);
    lastUse = new LastUse(accounts, ground.clock());
    String operatorKey = ground.settings().operatorKey();
    gate = new Gate(accounts, store.changes(), lastUse, operatorKey);
    var sealed = new SealedAnswers(ground.secret().keyFor("kept answers"), ground.random());
    once = new Idempotency(store.answers(), sealed, ground.clock());
    retention = new Retention(store, ground.clock());
    routes.addAll(new KeyRoutes(accounts, keys, gate, once, lastUse, ground.clock()).routes());
    routes.addAll(
        new AccountRoutes(accounts, keys, ground.ids(), gate, once, ground.clock()).routes());
    routes.addAll(new OwnAccountRoutes(accounts, gate).routes());
  }

  /// The first account, and its key where this start made one.
  public Bootstrap.Outcome first() {
    return first;
  }

  /// Lets in whoever shows a good key.
  public Gate gate() {
    return gate;
  }

  /// Answers a repeated request as the first time.
  public Idempotency once() {
    return once;
  }

  @Override
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  @Override
  public List<Counter> counters() {
    return retention.counters();
  }

  @Override
  public List<Job> jobs() {
    return List.of(
        Job.simple("kept-answers", Duration.ofHours(1), once::forgetExpired).trustingClock(),
        new Job("retention", Duration.ofMinutes(10), retention::step).trustingClock());
  }

  @Override
  public void close() throws InterruptedException {
    lastUse.close();
  }
}
