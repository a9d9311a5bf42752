package io.openqpr.storage.store;

import io.openqpr.model.Scan;
import java.util.List;

/// @param total how many scans the filter matches, whatever page was asked for
public record ScanPage(List<Scan> scans, long total) {}
