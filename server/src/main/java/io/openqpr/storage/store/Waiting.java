package io.openqpr.storage.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A delivery beside the stream: it failed and is tried again, or was given up.
///
/// @param attempts that were made
/// @param nextAt when it is due; `null` when it was given up
/// @param createdAt when it was first sent
/// @param resend the work that made it due again; `null` for none
public record Waiting(
    Delivery delivery,
    int attempts,
    @Nullable Instant nextAt,
    Instant createdAt,
    @Nullable String resend) {}
