/// The feed as a stream of server-sent events.
@NullMarked
package io.openqpr.events.live;

import org.jspecify.annotations.NullMarked;
