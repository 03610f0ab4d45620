// Errors before the first byte of an answer are problem documents; later ones are an event, or, where content is streamed, a
// cut connection: a client never takes a part for the whole.
#include "app/operator_server.h"

#include <fmt/format.h>

#include "app/front_door.h"
#include "base/text.h"

namespace entente::app {
namespace {

constexpr int64_t kProgressEveryNs = 200'000'000;

Response problem_of(const Error& error) {
  return problem(http_status_of(error.code), name_of(error.code), error.detail);
}

Result<void> send(http::ResponseWriter& writer, const Error& error) {
  const Response response = problem_of(error);
  TRY(writer.start(response.status, response.headers));
  return writer.write(response.body.text);
}

class BodySource final : public exchange::Source {
 public:
  explicit BodySource(http::BodyReader& body) : body_(body) {}
  Result<std::string_view> next() override { return body_.next(); }

 private:
  http::BodyReader& body_;
};

std::string progress_event(const Progress& progress) {
  const std::string inner = JsonObject()
                                .add_number("objects", progress.objects)
                                .add_number("done", progress.done)
                                .add_number("total", progress.total)
                                .text();
  return JsonObject().add_raw("progress", inner).text() + "\n";
}

}  // namespace

void OperatorServer::handle(Request request, Respond respond) { respond(answer(request)); }

Response OperatorServer::answer(const Request& request) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  Response response;
  if (request.path == "/healthz" && reads) {
    response.headers.push_back({"Content-Type", "application/json"});
    const store::JournalStats stats = desk_.node.journal().stats();
    response.body.text = JsonObject().add("status", stats.writable ? "ok" : "read-only").text();
    if (!stats.writable) response.status = 503;
    return response;
  }
  if (request.path == "/metrics" && reads) {
    response.headers.push_back({"Content-Type", "text/plain; version=0.0.4; charset=utf-8"});
    response.body.text = metrics_();
    return response;
  }
  if (request.path != kRunPath) return problem(404, "not-found", "there is no such resource");
  if (request.method != "POST")
    return problem(405, "method-not-allowed", "this resource takes POST");
  const auto fields = Fields::parse(request.body);
  if (!fields) return problem_of(fields.error());
  const auto outcome = run_command(desk_, *fields);
  if (!outcome) return problem_of(outcome.error());
  response.headers.push_back({"Content-Type", "application/json"});
  response.headers.push_back({std::string(kExitHeader), std::to_string(outcome->exit_code)});
  response.body.text = outcome->json;
  return response;
}

Result<void> OperatorServer::stream(const Request& request, http::BodyReader& body,
                                    http::ResponseWriter& writer) {
  const std::string* header = request.header(kRequestHeader);
  const auto decoded = header != nullptr ? from_base64url(*header) : std::nullopt;
  if (request.method != "POST" || !decoded) {
    return send(writer, {Code::kInvalid, "this resource takes POST with Entente-Request"});
  }
  const auto fields = Fields::parse(*decoded);
  if (!fields) return send(writer, fields.error());
  const std::string_view path = request.path;
  if (path.starts_with(kEventsPath))
    return events(path.substr(kEventsPath.size()), *fields, body, writer);
  if (path.starts_with(kBytesPath)) return bytes(path.substr(kBytesPath.size()), *fields, writer);
  return send(writer, {Code::kNotFound, "there is no such resource"});
}

Result<void> OperatorServer::events(std::string_view command, const Fields& request,
                                    http::BodyReader& body, http::ResponseWriter& writer) {
  if (command != "import" && command != "verify" && command != "backup") {
    return send(writer, {Code::kNotFound, "there is no such resource"});
  }
  TRY(writer.start(200, {{"Content-Type", "application/jsonl"}}));
  const Clock& clock = desk_.node.clock();
  int64_t last_ns = clock.monotonic_ns();
  Result<void> sent;
  const ProgressSink progress = [&](const Progress& now) {
    if (!sent || clock.monotonic_ns() - last_ns < kProgressEveryNs) return;
    last_ns = clock.monotonic_ns();
    sent = writer.write(progress_event(now));
  };
  Result<Outcome> outcome = fail(Code::kInternal, "");
  if (command == "import") {
    ImportInput input;
    input.open = [&]() -> Result<std::unique_ptr<exchange::Source>> {
      return std::make_unique<BodySource>(body);
    };
    outcome = run_import(desk_, request, input, progress);
  } else if (command == "verify") {
    outcome = run_verify(desk_, progress);
  } else {
    outcome = run_backup(desk_, request, progress);
  }
  JsonObject last;
  if (outcome) {
    last.add_signed("exit", outcome->exit_code).add_raw("result", outcome->json);
  } else {
    const std::string error = JsonObject()
                                  .add("code", name_of(outcome.error().code))
                                  .add("detail", outcome.error().detail)
                                  .text();
    last.add_raw("error", error);
  }
  return writer.write(last.text() + "\n");
}

Result<void> OperatorServer::bytes(std::string_view command, const Fields& request,
                                   http::ResponseWriter& writer) {
  bool has_started = false;
  const auto begin = [&](uint64_t entries) {
    has_started = true;
    return writer.start(200, {{"Content-Type", "application/octet-stream"},
                              {std::string(kEntriesHeader), std::to_string(entries)}});
  };
  const Output output = [&](std::string_view piece) -> Result<void> {
    if (!has_started) TRY(begin(0));
    return writer.write(piece);
  };
  Result<void> outcome = fail(Code::kNotFound, "there is no such resource");
  if (command == "export") outcome = run_export(desk_, request, begin, output);
  if (command == "backup") outcome = run_backup_stream(desk_, output);
  if (!outcome && !has_started) return send(writer, outcome.error());
  return outcome;
}

}  // namespace entente::app
