/// What is held of people: shown, erased when asked for, and deleted when its time is over.
@NullMarked
package io.openqpr.privacy;

import org.jspecify.annotations.NullMarked;
