/// The feed of events as it is asked for and shown, and the way through it for every reader.
@NullMarked
package io.openqpr.events.feed;

import org.jspecify.annotations.NullMarked;
