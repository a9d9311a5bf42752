/// Where an address is: places from MMDB files, and how to get the free ones; called by `visitor`
/// and `Main`.
@NullMarked
package io.openqpr.capture.place;

import org.jspecify.annotations.NullMarked;
