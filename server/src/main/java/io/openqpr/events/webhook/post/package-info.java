/// One request to somebody else's server, whatever that server does.
@NullMarked
package io.openqpr.events.webhook.post;

import org.jspecify.annotations.NullMarked;
