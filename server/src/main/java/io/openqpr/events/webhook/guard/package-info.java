/// Where webhooks may be sent to, and where not.
@NullMarked
package io.openqpr.events.webhook.guard;

import org.jspecify.annotations.NullMarked;
