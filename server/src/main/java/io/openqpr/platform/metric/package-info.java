/// Numbers that rooms count, for operators.
@NullMarked
package io.openqpr.platform.metric;

import org.jspecify.annotations.NullMarked;
