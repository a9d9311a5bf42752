package io.openqpr.capture.visitor;

import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import org.jspecify.annotations.Nullable;

/// What a scan keeps of whoever scanned. Their address and user agent are forgotten.
///
/// @param setCookie what the answer has to give them to keep, for its `Set-Cookie`; `null` for
///   nothing
public record Visitor(
    DeviceKind device, Place place, long deviceKey, Details details, @Nullable String setCookie) {}
