/// Work that is due again and again, done by one of the servers. Called by the wiring only.
@NullMarked
package io.openqpr.operations.jobs;

import org.jspecify.annotations.NullMarked;
