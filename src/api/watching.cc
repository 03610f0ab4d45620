// What sensors post and ask, at once or as a stream. Compiling the patterns of a party's world may take seconds: it is done on
// threads of its own, so that the server's threads, which hold the connections of everybody, wait for nothing.
#include <utility>

#include "api/call.h"
#include "api/observe.h"
#include "exchange/credentials.h"

namespace entente::api {

bool is_watch_operation(std::string_view operation) {
  return operation == "observe" || operation == "observeStream" || operation == "watch";
}

Result<std::optional<Response>> Server::stream(const Request& request, const Pieces& pieces) {
  Call call;
  call.request = request;
  if (auto refused = open(&call)) return std::optional(std::move(refused));
  bool is_started = false;
  Pieces own = pieces;
  own.start = [&](int status, std::vector<Header> headers) {
    is_started = true;
    return pieces.start(status, std::move(headers));
  };
  const auto done = observe_stream(
      watch_, node_, [&] { return exchange::principal_of(node_, call.request); },
      [&](std::string_view name) { return call.query.find(name); }, own);
  if (!done && !is_started) return std::optional(error_of(done.error()));
  TRY(done);
  return std::optional<Response>();
}

void Server::in_turn(std::shared_ptr<Call> call, Respond respond,
                     Response (Server::*answer)(const Call& call)) {
  const release::PartyNumber party = call->who.party;
  const bool is_taken = errands_.add(party, [this, call, respond, answer](Errands::Fate fate) {
    respond(fate == Errands::Fate::kNow ? (this->*answer)(*call)
                                        : error_of({Code::kUnavailable, "the node is stopping"}));
  });
  if (!is_taken)
    respond(error_of({Code::kUnavailable, "too much of this party waits; try again later"}));
}

// A stream that came as a whole is one piece.
Response Server::watching(const Call& call) {
  if (call.route->operation == "observeStream") {
    Response out = json_response(200, "");
    bool is_given = false;
    Pieces pieces;
    pieces.next = [&]() -> Result<std::string_view> {
      return std::exchange(is_given, true) ? std::string_view() : call.request.body;
    };
    pieces.start = [&](int status, std::vector<Header> headers) -> Result<void> {
      out.status = status;
      out.headers = std::move(headers);
      return {};
    };
    pieces.write = [&](std::string_view piece) -> Result<void> {
      out.body.text += piece;
      return {};
    };
    auto refused = stream(call.request, pieces);
    if (!refused) return error_of(refused.error());
    return *refused ? std::move(**refused) : out;
  }
  if (call.route->operation == "watch") {
    const auto status = watch_.status(call.who);
    return status ? json_response(200, to_json(*status)) : error_of(status.error());
  }
  auto report = observe(
      watch_, node_, call.who, [&](std::string_view name) { return call.query.find(name); },
      call.request.body);
  return report ? json_response(200, std::move(*report)) : error_of(report.error());
}

}  // namespace entente::api
