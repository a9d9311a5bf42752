package io.openqpr.visitor;

import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;

/// What a scan keeps of whoever scanned. Their address and user agent are forgotten.
public record Visitor(DeviceKind device, Place place, long deviceKey) {}
