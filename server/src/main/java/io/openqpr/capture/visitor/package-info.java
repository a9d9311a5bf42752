/// Who scanned: a person or not, client address, device, place, device key. On the hot path, called
/// by `capture`.
@NullMarked
package io.openqpr.capture.visitor;

import org.jspecify.annotations.NullMarked;
