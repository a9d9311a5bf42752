package io.openqpr.storage.store;

import io.openqpr.model.CodeStatus;
import org.jspecify.annotations.Nullable;

/// Which codes of an account are meant; deleted ones never.
///
/// @param status only codes of this status
/// @param search only codes whose name has this text in it, whatever the case of its letters
public record CodeFilter(int account, @Nullable CodeStatus status, @Nullable String search) {}
