package io.openqpr.store.postgres;

import io.openqpr.config.PostgresUrl;
import io.openqpr.store.Store;
import io.openqpr.store.StoreContract;

class PostgresStoreTest extends StoreContract {

  private final PostgresUrl url = PostgresUrl.parse(PostgresServer.newDatabase());

  @Override
  protected Store open() {
    return PostgresStore.open(url);
  }
}
