/// The settings: one record, read once at the start from environment and file.
@NullMarked
package io.openqpr.platform.config;

import org.jspecify.annotations.NullMarked;
