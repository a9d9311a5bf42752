/// What an account told to ignore: an address range, a word in the user agent. Rules are set over
/// HTTP and asked by `visitor` at every scan.
@NullMarked
package io.openqpr.code.rule;

import org.jspecify.annotations.NullMarked;
