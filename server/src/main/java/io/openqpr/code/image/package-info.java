/// Draws QR codes as PNG, SVG and PDF, with the account's logo where it is wished.
@NullMarked
package io.openqpr.code.image;

import org.jspecify.annotations.NullMarked;
