package io.openqpr.visitor;

import io.openqpr.model.DeviceKind;

/// What a scan keeps of whoever scanned. Their address and user agent are forgotten.
public record Visitor(DeviceKind device, long deviceKey) {}
