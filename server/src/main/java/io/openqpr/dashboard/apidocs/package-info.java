/// The API's description, for programs and for people.
@NullMarked
package io.openqpr.dashboard.apidocs;

import org.jspecify.annotations.NullMarked;
