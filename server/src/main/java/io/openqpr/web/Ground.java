package io.openqpr.web;

import io.openqpr.model.IdMaker;
import io.openqpr.platform.ClockWatch;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.disk.Secret;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.Store;
import java.security.SecureRandom;
import java.time.Clock;

/// What every room stands on. Doors take it apart: what is inside a room takes only what it needs.
///
/// @param watch whether `clock` may be believed for what cannot be taken back
/// @param publicUrl how the world reaches this server, without a slash at the end
/// @param secret shared by all servers of the store
public record Ground(
    Settings settings,
    String publicUrl,
    Clock clock,
    ClockWatch watch,
    SecureRandom random,
    IdMaker ids,
    Secret secret,
    Store store,
    Journal journal) {}
