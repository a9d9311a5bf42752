package io.openqpr.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// What to send where.
///
/// @param warmUp answers of this time are not measured (their scans are remembered)
/// @param requests whole HTTP/1.1 requests without a body, sent in turn
public record LoadPlan(
    InetSocketAddress target,
    int connections,
    Duration warmUp,
    Duration measured,
    Pace pace,
    List<byte[]> requests) {}
