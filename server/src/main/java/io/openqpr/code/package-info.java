/// QPR codes: create, list, read, and find by short id (cached for the hot path).
@NullMarked
package io.openqpr.code;

import org.jspecify.annotations.NullMarked;
