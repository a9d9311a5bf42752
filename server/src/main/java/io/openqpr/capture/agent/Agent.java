package io.openqpr.capture.agent;

import io.openqpr.model.DeviceKind;
import io.openqpr.model.IgnoreReason;
import org.jspecify.annotations.Nullable;

/// What a user agent says. All texts are from lists of ours; none is the client's own, and none has
/// a version.
///
/// @param os family of the operating system, such as `iOS`; `null` where it is none of the known
/// @param browser family of the browser, or the app whose browser it is, such as `Instagram`;
///   `null` where it is none of the known
/// @param reason why this is no person; `null` when it may be one
/// @param bot its name, where a list knows it, such as `WhatsApp`
public record Agent(
    DeviceKind device,
    @Nullable String os,
    @Nullable String browser,
    @Nullable IgnoreReason reason,
    @Nullable String bot) {}
