/// The front door: a request for a scan URL becomes a durable scan and a redirect (the hot path).
@NullMarked
package io.openqpr.capture;

import org.jspecify.annotations.NullMarked;
