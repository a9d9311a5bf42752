package io.openqpr.storage.store;

import java.util.Map;
import java.util.function.LongSupplier;

/// One storage engine, open. All methods of its parts may be called from any thread, block until
/// they are done, and throw [StoreException] when the engine cannot answer.
public interface Store extends AutoCloseable {

  AccountStore accounts();

  CodeStore codes();

  ScanStore scans();

  HitStore hits();

  FeedStore feed();

  ErasureStore erasure();

  AnswerStore answers();

  LogoStore logos();

  RuleStore rules();

  WebhookStore webhooks();

  DeliveryStore deliveries();

  RequestCounts requestCounts();

  JobStore jobs();

  /// What other servers change, as it happens.
  Changes changes();

  /// The secret from which keys are derived that all servers of this store must share: 32 bytes.
  ///
  /// @param own this server's; it becomes the shared one when it is the first
  byte[] sharedSecret(byte[] own);

  /// Secrets that are shared for a while and then thrown away.
  SecretStore secrets();

  /// How often the engine said BUSY since it was opened, for each queue in which statements wait
  /// for their turn; the names stay the same while it is open.
  Map<String, LongSupplier> busy();

  /// False while the engine is known to be away: whoever asks then is told so at once.
  boolean isThere();

  /// Takes the bytes of erased rows out of the engine's files, where that is left to us. Questions
  /// are answered meanwhile, changes wait; scans wait in the journal. Stays in native code for
  /// seconds: not for a virtual thread.
  ///
  /// @return false when nothing was erased since the last time, or the engine sees to it by itself
  /// @throws StoreException BUSY while something that takes long is being read
  boolean compact();

  /// Waits for running statements and closes. Nothing may be asked afterwards.
  @Override
  void close();
}
