package io.openqpr.store.duckdb;

import io.openqpr.store.Store;
import io.openqpr.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreTest extends StoreContract {

  @TempDir Path directory;

  @Override
  protected Store open() {
    return DuckDbStore.open(directory.resolve("test.duckdb"), DuckDbOptions.defaults());
  }
}
