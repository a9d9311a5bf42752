/// Benchmarks of the whole server, each beside something to compare it with in the same run.
@NullMarked
package io.openqpr.bench;

import org.jspecify.annotations.NullMarked;
