/// Work that is due again and again, as a room describes it.
@NullMarked
package io.openqpr.platform.job;

import org.jspecify.annotations.NullMarked;
