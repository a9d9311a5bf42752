/// The one door to the files of this server, the data directory, and the secrets in it.
@NullMarked
package io.openqpr.platform.disk;

import org.jspecify.annotations.NullMarked;
