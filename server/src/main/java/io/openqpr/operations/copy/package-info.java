/// Everything of one store brought into another: how to outgrow the embedded one.
@NullMarked
package io.openqpr.operations.copy;

import org.jspecify.annotations.NullMarked;
