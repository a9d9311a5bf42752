/// HTTP/1.1 as bytes on connections (RFC 9112): who may connect, how long each side is waited for,
/// where a request begins and ends. Knows nothing of routes.
@NullMarked
package io.openqpr.web.wire;

import org.jspecify.annotations.NullMarked;
