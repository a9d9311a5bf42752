/// Accounts, API keys, and the gate that says who asks.
@NullMarked
package io.openqpr.account;

import org.jspecify.annotations.NullMarked;
