package io.openqpr.store;

/// One storage engine, open. All methods of its parts may be called from any thread, block until
/// they are done, and throw [StoreException] when the engine cannot answer.
public interface Store extends AutoCloseable {

  AccountStore accounts();

  CodeStore codes();

  ScanStore scans();

  AnswerStore answers();

  LogoStore logos();

  /// Waits for running statements and closes. Nothing may be asked afterwards.
  @Override
  void close();
}
