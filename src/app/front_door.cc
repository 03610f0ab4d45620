// Who asks is found out here once more, for log and audit alone: a keyed digest, far below a microsecond. What is logged of
// a path is its route's name, never the path itself: a mistyped one may hold anything.
#include "app/front_door.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/route.h"
#include "base/text.h"
#include "exchange/credentials.h"

namespace entente::app {
namespace {

constexpr std::string_view kHello =
    "This is an entente node. TAXII 2.1 discovery is at /taxii2/, the API at /api/v1/; both want "
    "an API key.\n";

constexpr int kTooManyRequests = 429;

// Routes that show nothing of anybody's content.
bool is_about_content(const Route& route) {
  constexpr std::array<std::string_view, 4> kOpen{"taxiiDiscovery", "taxiiApiRoot", "openapi",
                                                  "health"};
  return route.needs_key && std::ranges::find(kOpen, route.operation) == kOpen.end();
}

// Objects in an answer: the slices that are sent as they stand in the journal, or what a status says it took.
std::optional<uint64_t> objects_in(const Response& response) {
  if (!response.body.slices.empty()) {
    return static_cast<uint64_t>(std::ranges::count_if(
        response.body.slices, [](std::string_view slice) { return slice.starts_with('{'); }));
  }
  constexpr std::string_view kTotal = "\"total_count\":";
  const size_t at = response.body.text.find(kTotal);
  if (at == std::string::npos) return std::nullopt;
  const std::string_view rest = std::string_view(response.body.text).substr(at + kTotal.size());
  return parse_decimal(rest.substr(0, rest.find_first_not_of("0123456789")));
}

std::string decoded(std::string_view segment) {
  return percent_decode(segment.substr(0, 512), false).value_or("(undecodable)");
}

}  // namespace

// What is known of a request while it is answered.
struct FrontDoor::Visit {
  std::string id, method, collection, object;
  const Route* route = nullptr;
  exchange::Principal who;
  std::string party;  // empty: nobody
  int64_t began_ns = 0;
};

FrontDoor::FrontDoor(const exchange::Node& node, std::vector<Surface> surfaces, Log& log,
                     Audit& audit, Metrics& metrics, Quotas& quotas)
    : node_(node),
      surfaces_(std::move(surfaces)),
      log_(log),
      audit_(audit),
      metrics_(metrics),
      quotas_(quotas) {}

Response problem(int status, std::string_view title, std::string_view detail) {
  Response response;
  response.status = status;
  response.headers.push_back({"Content-Type", "application/problem+json"});
  response.body.text = fmt::format(R"({{"title":{},"status":{},"detail":{}}})", json_quote(title),
                                   status, json_quote(detail));
  return response;
}

const Surface* FrontDoor::surface_of(std::string_view path) const {
  const auto found =
      std::ranges::find_if(surfaces_, [&](const Surface& surface) { return surface.owns(path); });
  return found == surfaces_.end() ? nullptr : &*found;
}

Response FrontDoor::own(const Request& request) {
  const bool is_health = request.path == "/healthz";
  if (!is_health && request.path != "/")
    return problem(404, "not-found", "there is no such resource");
  if (request.method != "GET" && request.method != "HEAD") {
    Response response = problem(405, "method-not-allowed", "this resource takes GET, HEAD");
    response.headers.push_back({"Allow", "GET, HEAD"});
    return response;
  }
  Response response;
  response.headers.push_back(
      {"Content-Type", is_health ? "application/json" : "text/plain; charset=utf-8"});
  response.body.text = is_health ? "{\"status\":\"ok\"}" : std::string(kHello);
  return response;
}

std::optional<Response> FrontDoor::over_quota(const Surface& surface, const Visit& visit,
                                              const Request& request) {
  if (visit.party.empty()) return std::nullopt;  // the surface refuses it, or it needs no key
  const bool reads = request.method == "GET" || request.method == "HEAD";
  const auto refusal = quotas_.take(visit.who.party, reads ? 0 : request.body.size());
  if (!refusal) return std::nullopt;
  const bool is_requests = refusal->kind == Quotas::Kind::kRequests;
  Response response =
      surface.error(kTooManyRequests, name_of(Code::kTooMany),
                    fmt::format("this party's quota of {} is used up; try again in {} s",
                                is_requests ? "requests" : "bytes written", refusal->wait_seconds));
  response.headers.push_back({"Retry-After", std::to_string(refusal->wait_seconds)});
  return response;
}

std::shared_ptr<FrontDoor::Visit> FrontDoor::visit_of(const Request& request,
                                                      const Surface* surface) const {
  auto visit = std::make_shared<Visit>();
  visit->began_ns = node_.clock().monotonic_ns();
  visit->id = request.id;
  visit->method = request.method;
  if (surface == nullptr) return visit;
  const RouteMatch match = match_route(*surface->routes, request.method, request.path);
  visit->route = match.route;
  if (!match.collection.empty()) visit->collection = decoded(match.collection);
  if (!match.object.empty()) visit->object = decoded(match.object);
  if (const auto who = exchange::principal_of(node_, request)) {
    visit->who = *who;
    const auto state = node_.state();
    if (const release::Party* party = state->directory->party(who->party))
      visit->party = party->code;
  }
  return visit;
}

void FrontDoor::handle(Request request, Respond respond) {
  const Surface* surface = surface_of(request.path);
  const auto visit = visit_of(request, surface);
  if (surface == nullptr) {
    Response response = own(request);
    note(*visit, response);
    respond(std::move(response));
    return;
  }
  if (auto refused = over_quota(*surface, *visit, request)) {
    note(*visit, *refused);
    respond(std::move(*refused));
    return;
  }
  surface->handle(std::move(request),
                  [this, visit, respond = std::move(respond)](Response response) {
                    if (response.status == kTooManyRequests) {  // too much under way at once
                      response.headers.push_back({"Retry-After", "1"});
                    }
                    note(*visit, response);
                    respond(std::move(response));
                  });
}

bool FrontDoor::take_place(release::PartyNumber party) {
  const std::lock_guard<std::mutex> lock(mutex_);
  uint32_t& streams = streams_[party];
  if (streams >= kStreamsOfPartyMax) return false;
  ++streams;
  return true;
}

void FrontDoor::leave_place(release::PartyNumber party) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (--streams_[party] == 0) streams_.erase(party);
}

Result<void> FrontDoor::stream(const Request& request, const Pieces& pieces) {
  const Surface* const surface = surface_of(request.path);
  const auto visit = visit_of(request, surface);
  const auto answer = [&](const Response& response) -> Result<void> {
    note(*visit, response);
    TRY(pieces.start(response.status, response.headers));
    return pieces.write(response.body.flatten());
  };
  if (surface == nullptr) return answer(own(request));
  if (const auto refused = over_quota(*surface, *visit, request)) return answer(*refused);
  if (!surface->stream)
    return answer(surface->error(404, "not-found", "there is no such resource"));
  const bool has_party = !visit->party.empty();
  if (has_party && !take_place(visit->who.party)) {
    Response response =
        surface->error(kTooManyRequests, name_of(Code::kTooMany),
                       fmt::format("this party has {} streams under way", kStreamsOfPartyMax));
    response.headers.push_back({"Retry-After", "1"});
    return answer(response);
  }
  const auto run = [&] {
    struct Place {
      FrontDoor& door;
      std::optional<release::PartyNumber> party;
      ~Place() {
        if (party) door.leave_place(*party);
      }
    } const place{*this, has_party ? std::optional(visit->who.party) : std::nullopt};
    return run_stream(*surface, *visit, request, pieces);
  };
  // Who reads a refusal may come again at once: its place is free by then.
  const auto refused = TRY(run());
  return refused ? answer(*refused) : Result<void>();
}

// What comes is counted against the party's quota of written bytes, some at a time.
Result<std::optional<Response>> FrontDoor::run_stream(const Surface& surface, const Visit& visit,
                                                      const Request& request, const Pieces& given) {
  constexpr size_t kCountedBytes = 64 * 1024;
  int status = 0;
  size_t written = 0, uncounted = 0;
  Pieces counted;
  counted.next = [&]() -> Result<std::string_view> {
    const std::string_view piece = TRY(given.next());
    uncounted += piece.size();
    if (visit.party.empty() || uncounted < kCountedBytes) return piece;
    const auto refusal = quotas_.take(visit.who.party, std::exchange(uncounted, 0));
    if (!refusal) return piece;
    return fail(Code::kTooMany, fmt::format("this party's quota is used up; try again in {} s",
                                            refusal->wait_seconds));
  };
  counted.start = [&](int with, std::vector<Header> headers) {
    status = with;
    return given.start(with, std::move(headers));
  };
  counted.write = [&](std::string_view piece) {
    written += piece.size();
    return given.write(piece);
  };
  auto refused = surface.stream(request, counted);
  if (refused && *refused) return refused;
  note(visit, status == 0 ? http_status_of(refused.error().code) : status, written, std::nullopt);
  return refused;
}

void FrontDoor::note(const Visit& visit, const Response& response) {
  note(visit, response.status, response.body.size(), objects_in(response));
}

void FrontDoor::note(const Visit& visit, int status, size_t bytes, std::optional<uint64_t> count) {
  const int64_t ns = node_.clock().monotonic_ns() - visit.began_ns;
  metrics_.count_request(visit.route, status, ns, bytes);
  log_.write(Level::kInfo, "request",
             {{"id", visit.id},
              {"method", visit.method.size() <= 16 ? std::string_view(visit.method) : "other"},
              {"route", visit.route != nullptr ? visit.route->operation : "none"},
              {"status", int64_t{status}},
              {"bytes", uint64_t{bytes}},
              {"ms", static_cast<double>(ns) / 1e6},
              {"party", visit.party.empty() ? std::string_view("-") : visit.party},
              {"key", visit.who.key_id.empty() ? std::string_view("-") : visit.who.key_id}});
  const bool shows_nothing = visit.route == nullptr || visit.party.empty() ||
                             !is_about_content(*visit.route) || status == kTooManyRequests;
  if (shows_nothing) return;
  audit_.add({.party = visit.party,
              .by = visit.who.key_id,
              .action = visit.route->operation,
              .collection = visit.collection,
              .object = visit.object,
              .count = count,
              .status = status,
              .request = visit.id});
}

Response FrontDoor::refusal(int status, const Request* partial) {
  metrics_.count_refused_on_wire();
  log_.write(Level::kInfo, "refused", {{"status", int64_t{status}}});
  const std::string_view detail = "the request could not be read, or not be taken now";
  const Surface* surface = partial != nullptr ? surface_of(partial->path) : nullptr;
  return surface != nullptr ? surface->error(status, "refused", detail)
                            : problem(status, "refused", detail);
}

}  // namespace entente::app
