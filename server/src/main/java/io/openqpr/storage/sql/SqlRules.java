package io.openqpr.storage.sql;

import io.openqpr.model.CodeRef;
import io.openqpr.model.IgnoreRule;
import io.openqpr.model.IgnoreRule.Sign;
import io.openqpr.storage.sql.Schema.IgnoreRules;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.RuleStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/// Rules, on any engine.
public final class SqlRules implements RuleStore {

  private static final List<Field<?>> COLUMNS =
      List.of(
          IgnoreRules.ID,
          IgnoreRules.ACCOUNT,
          IgnoreRules.CODE,
          IgnoreRules.ADDRESS_RANGE,
          IgnoreRules.AGENT_WORD,
          IgnoreRules.NAME,
          IgnoreRules.CREATED_AT);

  private final Database database;
  private final CodeRefs refs = new CodeRefs();

  public SqlRules(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(IgnoreRule rule, int most) {
    return database.write(sql -> {
      if (sql.fetchCount(IgnoreRules.TABLE, IgnoreRules.ACCOUNT.eq(rule.account())) >= most) {
        return false;
      }
      insert(sql, rule);
      announce(sql, rule.account());
      return true;
    });
  }

  @Override
  public List<IgnoreRule> of(int account) {
    return database.lookUp(sql -> select(sql, IgnoreRules.ACCOUNT.eq(account)));
  }

  @Override
  public Optional<IgnoreRule> remove(int account, String id) {
    Condition named = IgnoreRules.ACCOUNT.eq(account).and(IgnoreRules.ID.eq(id));
    return database.write(sql -> {
      Optional<IgnoreRule> rule = select(sql, named).stream().findFirst();
      sql.deleteFrom(IgnoreRules.TABLE).where(named).execute();
      announce(sql, account);
      return rule;
    });
  }

  private void announce(DSLContext sql, int account) {
    database.announce(sql, Change.Kind.IGNORE_RULES, List.of(String.valueOf(account)));
  }

  @Override
  public void restore(List<IgnoreRule> rules) {
    database.write(sql -> {
      for (IgnoreRule rule : rules) {
        if (!sql.fetchExists(IgnoreRules.TABLE, IgnoreRules.ID.eq(rule.id()))) {
          insert(sql, rule);
        }
      }
      return rules;
    });
  }

  private List<IgnoreRule> select(DSLContext sql, Condition condition) {
    var rows =
        sql.select(COLUMNS)
            .from(IgnoreRules.TABLE)
            .where(condition)
            .orderBy(IgnoreRules.CREATED_AT.desc(), IgnoreRules.ID.desc())
            .fetch();
    List<Integer> codes =
        rows.getValues(IgnoreRules.CODE).stream().filter(Objects::nonNull).distinct().toList();
    Function<Integer, CodeRef> codeOf = refs.of(sql, codes);
    return rows.map(row -> rule(row, codeOf));
  }

  private static IgnoreRule rule(Record row, Function<Integer, CodeRef> codeOf) {
    Integer code = row.get(IgnoreRules.CODE);
    String range = row.get(IgnoreRules.ADDRESS_RANGE);
    return new IgnoreRule(
        row.get(IgnoreRules.ID),
        row.get(IgnoreRules.ACCOUNT),
        code == null ? null : codeOf.apply(code),
        range == null
            ? new Sign.AgentWord(row.get(IgnoreRules.AGENT_WORD))
            : new Sign.AddressRange(range),
        row.get(IgnoreRules.NAME),
        Instant.ofEpochMilli(row.get(IgnoreRules.CREATED_AT)));
  }

  private static void insert(DSLContext sql, IgnoreRule rule) {
    CodeRef code = rule.code();
    sql.insertInto(IgnoreRules.TABLE)
        .set(IgnoreRules.ID, rule.id())
        .set(IgnoreRules.ACCOUNT, rule.account())
        .set(IgnoreRules.CODE, code == null ? null : code.number())
        .set(sign(rule.sign()), text(rule.sign()))
        .set(IgnoreRules.NAME, rule.name())
        .set(IgnoreRules.CREATED_AT, rule.createdAt().toEpochMilli())
        .execute();
  }

  private static Field<String> sign(Sign sign) {
    return switch (sign) {
      case Sign.AddressRange _ -> IgnoreRules.ADDRESS_RANGE;
      case Sign.AgentWord _ -> IgnoreRules.AGENT_WORD;
    };
  }

  private static String text(Sign sign) {
    return switch (sign) {
      case Sign.AddressRange(String text) -> text;
      case Sign.AgentWord(String text) -> text;
    };
  }
}
