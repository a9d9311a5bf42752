package io.openqpr.storage.store;

import io.openqpr.model.EventType;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which events are meant.
///
/// @param account only this one's; `null` for those of all, for the server's own readers
/// @param types at least one
/// @param code only events of the code of this number, and of its scans
/// @param visit only events of scans of such visits; what happens to codes is no visit
public record FeedFilter(
    @Nullable Integer account, Set<EventType> types, @Nullable Integer code, VisitFilter visit) {

  /// Everything of everybody.
  public static final FeedFilter ALL =
      new FeedFilter(null, EnumSet.allOf(EventType.class), null, VisitFilter.ANY);

  public FeedFilter {
    types = Set.copyOf(types);
  }

  public boolean matches(FeedEvent event) {
    return (account == null || account == event.account())
        && types.contains(event.type())
        && switch (event.subject()) {
          case FeedEvent.Subject.OfScan(Scan scan) ->
              (code == null || code == scan.code().number()) && visit.matches(scan);
          case FeedEvent.Subject.OfCode(QprCode changed, _) ->
              (code == null || code == changed.ref().number()) && visit.isAny();
        };
  }
}
