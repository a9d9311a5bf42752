package io.openqpr.storage.store;

import io.openqpr.model.Event;

/// An event and where it is in its journal.
///
/// @param position behind it. Events take more than a few bytes, so that what follows from one,
///   such as the beginning and the end of a conversation, has a place of its own just before it
public record PlacedEvent(long position, Event event) {}
