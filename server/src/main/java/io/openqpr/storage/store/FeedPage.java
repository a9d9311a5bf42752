package io.openqpr.storage.store;

import java.util.List;

/// What comes behind a place of the feed.
///
/// @param events oldest first; those of one line in its order
/// @param next behind the page: what lies before it was told, or does not match
/// @param more whether there was more behind it already
public record FeedPage(List<FeedEvent> events, FeedPlace next, boolean more) {}
