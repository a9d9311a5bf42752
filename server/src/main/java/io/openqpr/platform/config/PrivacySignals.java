package io.openqpr.platform.config;

/// What is done when a browser says that its person does not want to be followed.
public enum PrivacySignals {
  /// The scan is counted, without what tells it from others.
  HONOUR,
  IGNORE
}
