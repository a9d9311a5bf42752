/// Lively sample data for a first look, written through the same path as real scans.
@NullMarked
package io.openqpr.demo;

import org.jspecify.annotations.NullMarked;
