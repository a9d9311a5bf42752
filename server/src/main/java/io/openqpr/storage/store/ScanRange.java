package io.openqpr.storage.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The scans of an account, or of one of its codes, with `from <= scanned_at < until`.
///
/// @param code the code's number; `null` for the whole account
/// @param visit only scans of such visits
public record ScanRange(
    int account, @Nullable Integer code, Instant from, Instant until, VisitFilter visit) {}
