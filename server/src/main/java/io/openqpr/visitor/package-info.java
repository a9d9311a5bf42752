/// Who scanned: client address, device kind, place, device key. Pure functions on the hot path,
/// called by `capture`.
@NullMarked
package io.openqpr.visitor;

import org.jspecify.annotations.NullMarked;
