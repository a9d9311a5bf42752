/// Counts over time and by kind, for one code or a whole account.
@NullMarked
package io.openqpr.analytics.question;

import org.jspecify.annotations.NullMarked;
