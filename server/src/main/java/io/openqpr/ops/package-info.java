/// Health, and what an operator wants to know about the running server.
@NullMarked
package io.openqpr.ops;

import org.jspecify.annotations.NullMarked;
