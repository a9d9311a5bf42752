/// Makes an event durable before anyone is answered, and carries it into the store afterwards,
/// exactly once. Called by `capture` and `conversation` to write, and by readers to wait until the
/// store has caught up.
@NullMarked
package io.openqpr.storage.journal;

import org.jspecify.annotations.NullMarked;
