package io.openqpr.storage.store;

import io.openqpr.model.IgnoredHit;
import java.util.List;

/// @param total how many hits the filter matches, whatever page was asked for
public record HitPage(List<IgnoredHit> hits, long total) {}
