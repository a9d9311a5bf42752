/// Scans in bulk: imported from and exported to files.
@NullMarked
package io.openqpr.analytics.transfer;

import org.jspecify.annotations.NullMarked;
