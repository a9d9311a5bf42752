/// What a scan opens: the page of the conversation, and the token that names it.
@NullMarked
package io.openqpr.conversation;

import org.jspecify.annotations.NullMarked;
