/// How many requests a minute each key may send. Called by the wiring only.
@NullMarked
package io.openqpr.web.limit;

import org.jspecify.annotations.NullMarked;
