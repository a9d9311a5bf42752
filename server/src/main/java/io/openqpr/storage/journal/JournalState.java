package io.openqpr.storage.journal;

import org.jspecify.annotations.Nullable;

/// The journal's counters since the start, for operators.
///
/// @param events made durable; each is applied or part of the backlog
/// @param syncs of the disk; events / syncs is the size of a group
/// @param transactions by which the store was brought up to date
/// @param backlogBytes synced and not yet in the store
/// @param queueFull events refused because too many waited
/// @param backlogFull events refused because the store was too far behind
/// @param diskFailures events refused because the disk did not take them
/// @param storeFailures attempts of the store that failed and are repeated
/// @param storeSetbacks times that the store lost its last moments, which were applied again
/// @param undeleted deletions of files no longer needed that failed, and are tried again
/// @param failing whether the last attempt of the store failed
/// @param obstacle why scans are refused now, or get nowhere; `null` while all is well
public record JournalState(
    long events,
    long syncs,
    long transactions,
    long backlogBytes,
    long queueFull,
    long backlogFull,
    long diskFailures,
    long storeFailures,
    long storeSetbacks,
    long undeleted,
    boolean failing,
    @Nullable Obstacle obstacle) {}
