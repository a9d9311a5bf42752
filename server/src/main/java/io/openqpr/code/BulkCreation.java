package io.openqpr.code;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.openqpr.account.Caller;
import io.openqpr.model.QprCode;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Problem.FieldError;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /v1/qpr-codes/bulk`: up to a thousand codes, each with a verdict of its own. The good ones
/// are made all together, or none of them when the store fails.
final class BulkCreation {

  private static final int MAX_CODES = 1_000;
  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  private final Codes codes;
  private final String publicUrl;

  BulkCreation(Codes codes, String publicUrl) {
    this.codes = codes;
    this.publicUrl = publicUrl;
  }

  private record View(int created, int failed, List<Result> results) {}

  /// @param index of the code in the request, from 0
  /// @param qprCode when it was made
  /// @param errors when it was not
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Result(int index, @Nullable CodeView qprCode, @Nullable List<FieldError> errors) {}

  /// A code as it was read: a draft, or what is wrong with it.
  private record Candidate(@Nullable CodeDraft draft, List<FieldError> errors) {}

  Answer create(Caller caller, Request request) {
    request.parameters().done();
    JsonBody body = request.jsonBody(MAX_BODY_BYTES);
    List<JsonBody> bodies = body.requiredObjects("codes", MAX_CODES);
    body.done();
    List<Candidate> candidates = bodies.stream().map(BulkCreation::read).toList();
    var drafts = new ArrayList<CodeDraft>();
    for (Candidate candidate : candidates) {
      if (candidate.draft() != null) {
        drafts.add(candidate.draft());
      }
    }
    Iterator<QprCode> created = codes.createAll(caller.account(), drafts).iterator();
    var results = new ArrayList<Result>();
    for (Candidate candidate : candidates) {
      int index = results.size();
      results.add(
          candidate.draft() == null
              ? new Result(index, null, candidate.errors())
              : new Result(index, CodeView.of(created.next(), 0, publicUrl), null));
    }
    return Answer.json(new View(drafts.size(), candidates.size() - drafts.size(), results));
  }

  private static Candidate read(JsonBody body) {
    try {
      return new Candidate(CodeDraft.read(body), List.of());
    } catch (ProblemException e) {
      return new Candidate(null, e.problem().errors());
    }
  }
}
