/// The client: commands that speak to a running server, only over HTTP; called by `Main` alone.
@NullMarked
package io.openqpr.cli;

import org.jspecify.annotations.NullMarked;
