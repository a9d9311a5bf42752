/// What a storage engine must do. Feature rooms ask through these interfaces; only the engines
/// below this package know SQL.
@NullMarked
package io.openqpr.storage.store;

import org.jspecify.annotations.NullMarked;
