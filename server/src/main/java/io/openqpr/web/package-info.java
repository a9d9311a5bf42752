/// What every room of the upper floors is made from: the door it has, and the ground it stands on.
@NullMarked
package io.openqpr.web;

import org.jspecify.annotations.NullMarked;
