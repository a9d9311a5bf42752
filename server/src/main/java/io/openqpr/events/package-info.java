/// What happened, told to others as it happens.
@NullMarked
package io.openqpr.events;

import org.jspecify.annotations.NullMarked;
