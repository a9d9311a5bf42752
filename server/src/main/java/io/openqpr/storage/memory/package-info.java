/// What was read from the store and is true until it says otherwise.
@NullMarked
package io.openqpr.storage.memory;

import org.jspecify.annotations.NullMarked;
