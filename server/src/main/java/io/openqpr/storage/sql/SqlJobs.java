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
  public Optional<Claim> claim(String job, Instant now, Duration lease) {
    boolean free =
        database.read(sql -> {
          Record row = row(sql, job);
          return row == null || isFree(row, now);
        });
    return free ? database.write(sql -> claim(sql, job, now, now.plus(lease))) : Optional.empty();
  }

  private static Optional<Claim> claim(DSLContext sql, String job, Instant now, Instant until) {
    Record row = row(sql, job);
    if (row == null) {
      sql.insertInto(Jobs.TABLE)
          .set(Jobs.NAME, job)
          .set(Jobs.DUE_AT, now.toEpochMilli())
          .set(Jobs.TAKEN_UNTIL, until.toEpochMilli())
          .set(Jobs.CLAIMS, 1L)
          .execute();
      return Optional.of(new Claim(job, 1));
    }
    if (!isFree(row, now)) {
      return Optional.empty();
    }
    long number = row.get(Jobs.CLAIMS) + 1;
    sql.update(Jobs.TABLE)
        .set(Jobs.TAKEN_UNTIL, until.toEpochMilli())
        .set(Jobs.CLAIMS, number)
        .where(Jobs.NAME.eq(job))
        .execute();
    return Optional.of(new Claim(job, number));
  }

  private static @Nullable Record row(DSLContext sql, String job) {
    return sql.select(Jobs.DUE_AT, Jobs.TAKEN_UNTIL, Jobs.CLAIMS)
        .from(Jobs.TABLE)
        .where(Jobs.NAME.eq(job))
        .fetchOne();
  }

  private static boolean isFree(Record row, Instant now) {
    long millis = now.toEpochMilli();
    return row.get(Jobs.DUE_AT) <= millis && row.get(Jobs.TAKEN_UNTIL) <= millis;
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
