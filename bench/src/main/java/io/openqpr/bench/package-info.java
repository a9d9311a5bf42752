/// Measures a running server from outside, as its users meet it.
@NullMarked
package io.openqpr.bench;

import org.jspecify.annotations.NullMarked;
