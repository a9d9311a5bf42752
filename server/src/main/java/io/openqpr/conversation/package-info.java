/// What happened after the scan: the page a scan opens, and the reports of whoever hosts the
/// conversation.
@NullMarked
package io.openqpr.conversation;

import org.jspecify.annotations.NullMarked;
