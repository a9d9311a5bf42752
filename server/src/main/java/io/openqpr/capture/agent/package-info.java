/// User agents: which device, system and browser, and which program is no person. Knows nothing of
/// HTTP.
@NullMarked
package io.openqpr.capture.agent;

import org.jspecify.annotations.NullMarked;
