package io.openqpr.storage.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.atomic.AtomicInteger;

/// The coordinator of a Citus for tests, where one is offered in `QPR_TEST_CITUS_URL`
/// (`postgresql://user:password@host:port/database`, with the extension, allowed to create
/// schemas).
public final class CitusServer {

  private static final String GIVEN = System.getenv("QPR_TEST_CITUS_URL");
  private static final AtomicInteger COUNT = new AtomicInteger();

  private CitusServer() {}

  /// Ends the test as left out where no Citus is offered; `./qpr test` says so.
  public static void isOffered() {
    assumeTrue(GIVEN != null, "QPR_TEST_CITUS_URL is not set");
  }

  /// The URL of an empty schema of its own: extensions and workers belong to a database. Its tables
  /// have as many parts as a server makes of them.
  public static String newSchema() {
    String name = "openqpr_test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    PostgresServer.execute(GIVEN, "create schema " + name);
    return GIVEN + (GIVEN.contains("?") ? "&" : "?") + "currentSchema=" + name;
  }

  /// The same with a part or two on each machine: quicker.
  public static String newSchemaOfFewParts() {
    return newSchema() + "&options=-c%20citus.shard_count=4";
  }
}
