package io.openqpr.storage.sql;

import io.openqpr.storage.sql.Schema.Jobs;
import io.openqpr.storage.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Jobs, on any engine: writes take turns, so whoever reads that a job is free has it.
public final class SqlJobs implements JobStore {

  private final Database database;

  public SqlJobs(Database database) {
    this.database = database;
  }

  /// Looks first without waiting for a turn: mostly nothing is due.
  @Override
  public Optional<Claim> claim(String job, Instant now, Duration every, Duration lease) {
    var wanted = new Wanted(job, now, every, lease);
    boolean free =
        database.read(sql -> {
          Record row = row(sql, job);
          return row == null || wanted.isFree(row);
        });
    return free ? database.write(sql -> claim(sql, wanted)) : Optional.empty();
  }

  private record Wanted(String job, Instant now, Duration every, Duration lease) {

    /// Other servers' clocks may be ahead by a lease.
    boolean isFree(Record row) {
      return isOver(row.get(Jobs.DUE_AT), every) && isOver(row.get(Jobs.TAKEN_UNTIL), lease);
    }

    private boolean isOver(long millis, Duration longest) {
      return millis <= now.toEpochMilli() || millis > now.plus(longest).plus(lease).toEpochMilli();
    }
  }

  private static Optional<Claim> claim(DSLContext sql, Wanted wanted) {
    Record row = row(sql, wanted.job());
    long until = wanted.now().plus(wanted.lease()).toEpochMilli();
    if (row == null) {
      sql.insertInto(Jobs.TABLE)
          .set(Jobs.NAME, wanted.job())
          .set(Jobs.DUE_AT, wanted.now().toEpochMilli())
          .set(Jobs.TAKEN_UNTIL, until)
          .set(Jobs.CLAIMS, 1L)
          .execute();
      return Optional.of(new Claim(wanted.job(), 1, wanted.now()));
    }
    if (!wanted.isFree(row)) {
      return Optional.empty();
    }
    long number = row.get(Jobs.CLAIMS) + 1;
    sql.update(Jobs.TABLE)
        .set(Jobs.TAKEN_UNTIL, until)
        .set(Jobs.CLAIMS, number)
        .where(Jobs.NAME.eq(wanted.job()))
        .execute();
    Instant dueAt = Instant.ofEpochMilli(row.get(Jobs.DUE_AT));
    return Optional.of(new Claim(wanted.job(), number, dueAt));
  }

  private static @Nullable Record row(DSLContext sql, String job) {
    return sql.select(Jobs.DUE_AT, Jobs.TAKEN_UNTIL, Jobs.CLAIMS)
        .from(Jobs.TABLE)
        .where(Jobs.NAME.eq(job))
        .fetchOne();
  }

  @Override
  public boolean extend(Claim claim, Instant now, Duration lease) {
    long until = now.plus(lease).toEpochMilli();
    return database.write(
        sql -> sql.update(Jobs.TABLE).set(Jobs.TAKEN_UNTIL, until).where(is(claim)).execute() > 0);
  }

  @Override
  public boolean giveBack(Claim claim, Instant due) {
    return database.write(sql ->
        sql.update(Jobs.TABLE)
                .set(Jobs.TAKEN_UNTIL, 0L)
                .set(Jobs.DUE_AT, due.toEpochMilli())
                .where(is(claim))
                .execute()
            > 0);
  }

  private static Condition is(Claim claim) {
    return Jobs.NAME.eq(claim.job()).and(Jobs.CLAIMS.eq(claim.number()));
  }
}
