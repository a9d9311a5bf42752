/// Scans listed, one page at a time, and read one by one.
@NullMarked
package io.openqpr.analytics.scans;

import org.jspecify.annotations.NullMarked;
