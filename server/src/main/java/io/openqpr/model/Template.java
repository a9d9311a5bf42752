package io.openqpr.model;

/// What kind of conversation a code opens. Stored and shown by lower-case name.
public enum Template {
  BUSINESS,
  REWARDS,
  EVENTS,
  PERSONAL,
  HOSPITALITY,
  HEALTHCARE,
  RETAIL
}
