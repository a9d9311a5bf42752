/// Health, and what an operator wants to know about the running server.
@NullMarked
package io.openqpr.operations.health;

import org.jspecify.annotations.NullMarked;
