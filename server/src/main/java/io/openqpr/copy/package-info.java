/// Everything of one store brought into another: how to outgrow the embedded one.
@NullMarked
package io.openqpr.copy;

import org.jspecify.annotations.NullMarked;
