/// A load generator that costs little and is free of coordinated omission.
@NullMarked
package io.openqpr.bench.load;

import org.jspecify.annotations.NullMarked;
