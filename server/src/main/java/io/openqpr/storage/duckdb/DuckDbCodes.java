package io.openqpr.storage.duckdb;

import io.openqpr.model.QprCode;
import io.openqpr.storage.sql.CodeRows;
import io.openqpr.storage.sql.SqlCodes;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/// Codes in DuckDB.
final class DuckDbCodes extends SqlCodes {

  private final DuckDb database;

  DuckDbCodes(DuckDb database) {
    super(database);
    this.database = database;
  }

  @Override
  public List<QprCode> createAll(List<NewCode> codes) {
    return database.change(session -> {
      List<QprCode> born = born(session.sql(), codes);
      try (var rows = session.connection().createAppender("codes")) {
        for (QprCode code : born) {
          append(rows, code);
        }
      } catch (SQLException e) {
        throw DuckDbErrors.translated(e);
      }
      FeedAppender.append(session, created(session.sql(), born));
      return born;
    });
  }

  private static void append(DuckDBAppender rows, QprCode code) throws SQLException {
    rows.beginRow();
    rows.append(code.ref().number());
    rows.append(code.ref().account());
    rows.append(code.ref().id().text());
    rows.append(code.ref().shortId());
    rows.append(code.name());
    rows.append(code.prompt());
    rows.append(code.welcomeMessage());
    rows.append(CodeRows.stored(code.template()));
    rows.append(CodeRows.stored(code.status()));
    rows.append(code.conversationUrl());
    rows.append(code.metadata());
    rows.append(code.createdAt().toEpochMilli());
    rows.append(code.updatedAt().toEpochMilli());
    rows.append(code.scansSince().toEpochMilli());
    rows.endRow();
  }
}
