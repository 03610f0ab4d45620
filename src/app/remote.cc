// Events arrive as JSON Lines in pieces of any size, and are cut at line breaks here.
#include "app/remote.h"

#include <fmt/format.h>

#include "app/data_directory.h"
#include "app/operator_server.h"
#include "base/text.h"

namespace entente::app {
namespace {

constexpr int64_t kPatienceMs = int64_t{24} * 3600 * 1000;  // a long verify says nothing for long

Error error_from(std::string_view code_name, std::string detail, Code otherwise) {
  for (int i = 0; i <= static_cast<int>(Code::kInternal); ++i) {
    const auto code = static_cast<Code>(i);
    if (name_of(code) == code_name) return {code, std::move(detail)};
  }
  return {otherwise, std::move(detail)};
}

Error error_of(int status, std::string_view body) {
  const auto fields = Fields::parse(body);
  if (!fields) return {Code::kInternal, fmt::format("the server answered {}", status)};
  return error_from(fields->text("title"), fields->text("detail"), Code::kInternal);
}

http::ClientOptions patient() {
  http::ClientOptions options;
  options.stall_ms_max = kPatienceMs;
  return options;
}

Request post(std::string path, const std::string& request) {
  Request out;
  out.method = "POST";
  out.path = std::move(path);
  out.headers.push_back({std::string(kRequestHeader), to_base64url(request)});
  return out;
}

// One line of events.
struct Event {
  std::optional<Progress> progress;
  std::optional<Result<Outcome>> last;
};

Result<Event> read_event(std::string_view line) {
  const Fields fields = TRY(Fields::parse(line));
  Event event;
  const auto number = [](json::Value value, std::string_view name) {
    const auto found = value.find(name);
    return found ? static_cast<uint64_t>(found->integer().value_or(0)) : 0;
  };
  if (const auto progress = fields.root().find("progress")) {
    event.progress = Progress{number(*progress, "objects"), number(*progress, "done"),
                              number(*progress, "total")};
  } else if (const auto result = fields.root().find("result")) {
    event.last = Outcome{std::string(result->raw()),
                         static_cast<int>(fields.integer("exit").value_or(kExitFailed))};
  } else if (const auto error = fields.root().find("error")) {
    const auto code = error->find("code"), detail = error->find("detail");
    event.last = std::unexpected(error_from(
        code ? code->text() : "", detail ? detail->text() : "the server failed", Code::kInternal));
  }
  return event;
}

}  // namespace

std::optional<Remote> Remote::find(const std::string& directory) {
  const auto address = operator_address(directory);
  if (!address) return std::nullopt;
  Request request;
  request.method = "GET";
  request.path = "/healthz";
  const auto response = http::call(*address, request, patient());
  if (!response) return std::nullopt;
  return Remote(*address);
}

Result<Outcome> Remote::run(const std::string& request) const {
  Request message;
  message.method = "POST";
  message.path = std::string(kRunPath);
  message.headers.push_back({"Content-Type", "application/json"});
  message.body = request;
  http::ClientOptions options = patient();
  options.body_bytes_max = size_t{1} << 30;  // `list` of a large world
  const Response response = TRY(http::call(address_, message, options));
  if (response.status != 200) return std::unexpected(error_of(response.status, response.body.text));
  int exit_code = kExitDone;
  for (const Header& header : response.headers) {
    if (!equal_ignoring_case(header.name, kExitHeader)) continue;
    exit_code = static_cast<int>(parse_decimal(header.value).value_or(kExitFailed));
  }
  return Outcome{response.body.text, exit_code};
}

Result<Outcome> Remote::events(std::string_view command, const std::string& request,
                               const http::Source& input, const ProgressSink& progress) const {
  std::string lines;
  std::optional<Result<Outcome>> last;
  const http::Sink sink = [&](std::string_view piece) -> Result<void> {
    lines += piece;
    size_t begin = 0;
    for (size_t end; (end = lines.find('\n', begin)) != std::string::npos; begin = end + 1) {
      Event event = TRY(read_event(std::string_view(lines).substr(begin, end - begin)));
      if (event.progress && progress) progress(*event.progress);
      if (event.last) last = std::move(event.last);
    }
    lines.erase(0, begin);
    return {};
  };
  const Response response =
      TRY(http::stream(address_, post(std::string(kEventsPath) + std::string(command), request),
                       input, sink, patient()));
  if (response.status != 200) return std::unexpected(error_of(response.status, lines));
  if (!last) return fail(Code::kUnavailable, "the server ended before it had finished");
  return *std::move(last);
}

Result<void> Remote::bytes(std::string_view command, const std::string& request,
                           const std::function<void(uint64_t)>& begin, const Output& output) const {
  int status = 0;
  std::string refusal;
  const auto on_head = [&](const Response& response) {
    status = response.status;
    if (status != 200) return;
    for (const Header& header : response.headers) {
      if (equal_ignoring_case(header.name, kEntriesHeader))
        begin(parse_decimal(header.value).value_or(0));
    }
  };
  const http::Sink sink = [&](std::string_view piece) -> Result<void> {
    if (status == 200) return output(piece);
    refusal += piece;
    return {};
  };
  const Response response =
      TRY(http::stream(address_, post(std::string(kBytesPath) + std::string(command), request), {},
                       sink, patient(), on_head));
  if (response.status != 200) return std::unexpected(error_of(response.status, refusal));
  return {};
}

}  // namespace entente::app
