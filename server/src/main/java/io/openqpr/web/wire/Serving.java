package io.openqpr.web.wire;

import java.util.function.BooleanSupplier;

/// What all connections of a server share.
///
/// @param ending whether each answer is to be its connection's last
record Serving(Answerer answerer, HeadRoom room, DateHeader date, BooleanSupplier ending) {}
