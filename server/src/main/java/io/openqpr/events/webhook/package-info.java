/// Events sent to whoever set a webhook: set over HTTP, sent in the feed's order, tried again.
@NullMarked
package io.openqpr.events.webhook;

import org.jspecify.annotations.NullMarked;
