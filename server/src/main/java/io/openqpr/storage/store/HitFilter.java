package io.openqpr.storage.store;

import io.openqpr.model.IgnoreReason;
import org.jspecify.annotations.Nullable;

/// Which ignored hits are meant.
///
/// @param scans what is asked of the scans that they would be
/// @param reason only those ignored for this
public record HitFilter(ScanFilter scans, @Nullable IgnoreReason reason) {}
