package io.openqpr.store;

/// One storage engine, open. All methods of its parts may be called from any thread, block until
/// they are done, and throw [StoreException] when the engine cannot answer.
public interface Store extends AutoCloseable {

  AccountStore accounts();

  CodeStore codes();

  ScanStore scans();

  AnswerStore answers();

  LogoStore logos();

  /// The secret from which keys are derived that all servers of this store must share: 32 bytes.
  ///
  /// @param own this server's; it becomes the shared one when it is the first
  byte[] sharedSecret(byte[] own);

  /// Waits for running statements and closes. Nothing may be asked afterwards.
  @Override
  void close();
}
