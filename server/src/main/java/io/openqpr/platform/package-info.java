/// What every floor stands on and no user ever sees: see the rooms inside.
@NullMarked
package io.openqpr.platform;

import org.jspecify.annotations.NullMarked;
