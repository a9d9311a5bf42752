/// The data directory and the secrets in it.
@NullMarked
package io.openqpr.platform.disk;

import org.jspecify.annotations.NullMarked;
