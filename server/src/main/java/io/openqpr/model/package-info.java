/// The words every room shares: scans, codes, accounts, their ids. Plain values; depends on no
/// other room, and any room may use it.
@NullMarked
package io.openqpr.model;

import org.jspecify.annotations.NullMarked;
