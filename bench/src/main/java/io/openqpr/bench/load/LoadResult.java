package io.openqpr.bench.load;

import org.HdrHistogram.Histogram;

/// What came of it.
///
/// @param answered requests answered with 302 within the measured time
/// @param perSecond of those
/// @param refused answers with 503, over the whole run
/// @param failed other answers, and connections that broke, over the whole run
/// @param latencyMicros of the measured answers
/// @param scans every scan whose redirect was received, warm-up and drain included
public record LoadResult(
    long answered,
    double perSecond,
    long refused,
    long failed,
    Histogram latencyMicros,
    ScanIds scans) {}
