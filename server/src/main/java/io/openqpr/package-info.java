/// Starts the server and wires its rooms; nothing calls into this package.
@NullMarked
package io.openqpr;

import org.jspecify.annotations.NullMarked;
