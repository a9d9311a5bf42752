/// The settings: one record, read once at the start from environment and file.
@NullMarked
package io.openqpr.config;

import org.jspecify.annotations.NullMarked;
