// The order of checks is the order of the standard's tables: is there such a path (404), who asks
// (401), does the path have the method (405), can the answer be sent (406), can the body be read
// (415), is the collection the caller's (404, 403), are the filters well-formed (400). Whether
// something exists that the caller may not see is asked nowhere.
#include "taxii/taxii.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "exchange/credentials.h"
#include "exchange/cursor.h"
#include "exchange/status.h"
#include "stix/stix.h"
#include "taxii/filter.h"

namespace entente::taxii {
namespace {

constexpr std::string_view kApiRoot = "/taxii2/entente/";
constexpr std::string_view kStixMedia =
    R"(["application/stix+json;version=2.1","application/stix+json;version=2.0"])";

Response json_response(int status, std::string body) {
  Response response;
  response.status = status;
  response.headers.push_back({"Content-Type", std::string(kContentType)});
  response.body.text = std::move(body);
  return response;
}

Response error_of(const Error& error) {
  Response response = Server::error(http_status_of(error.code), name_of(error.code), error.detail);
  if (error.code == Code::kUnauthenticated) {
    response.headers.push_back({"WWW-Authenticate", std::string(exchange::kChallengeBasic)});
    response.headers.push_back({"WWW-Authenticate", std::string(exchange::kChallengeBearer)});
  }
  return response;
}

void add_dates(Response& response, const exchange::Page& page) {
  if (page.positions.empty()) return;
  response.headers.push_back({"X-TAXII-Date-Added-First", format_time_us(page.first_us)});
  response.headers.push_back({"X-TAXII-Date-Added-Last", format_time_us(page.last_us)});
}

std::string collection_json(const exchange::View& view, const release::Collection& collection) {
  std::string description;
  if (!collection.description.empty())
    description = ",\"description\":" + json_quote(collection.description);
  return fmt::format(
      R"({{"id":"{}","title":{}{},"alias":"{}","can_read":{},"can_write":{},"media_types":{}}})",
      collection.id, json_quote(collection.title), description, collection.alias,
      view.may_read(collection), view.may_write(collection), kStixMedia);
}

}  // namespace

// One request on its way: what was found out about it so far.
struct Server::Call {
  Request request;
  const Route* route = nullptr;
  PathParameters parameters;
  exchange::Principal who;

  const std::string& parameter(std::string_view name) const {
    return parameters.find(name)->second;
  }
};

namespace {

// "more", "next" and what stands before the list of a page.
std::string page_head(const exchange::View& view, const exchange::Page& page,
                      const std::string& bound, std::string_view list) {
  std::string head = "{";
  if (page.more) {
    head += R"("more":true,"next":")" + exchange::make_cursor(view, bound, page.last_us) + "\"";
    if (!page.positions.empty()) head += ",";
  }
  if (!page.positions.empty()) fmt::format_to(std::back_inserter(head), "\"{}\":[", list);
  return head;
}

Response envelope(const exchange::View& view, const exchange::Page& page,
                  const std::string& bound) {
  Response response = json_response(200, page_head(view, page, bound, "objects"));
  add_dates(response, page);
  auto& slices = response.body.slices;
  slices.reserve(2 * page.positions.size() + 1);
  for (const std::string_view object : page.bytes) {
    if (!slices.empty()) slices.push_back(",");
    slices.push_back(object);
  }
  slices.push_back(page.positions.empty() ? "}" : "]}");
  response.body.owner =
      page.editions == nullptr
          ? view.snapshot().owner()
          : std::make_shared<std::pair<std::shared_ptr<const void>, std::shared_ptr<const void>>>(
                view.snapshot().owner(), page.editions);
  return response;
}

Response manifest(const exchange::View& view, const exchange::Page& page,
                  const std::string& bound) {
  std::string body = page_head(view, page, bound, "objects");
  bool is_first = true;
  for (const store::Position position : page.positions) {
    const exchange::Named name = view.name(position);
    const bool is_20 = (view.entry(position).flags & store::kSpec20) != 0;
    fmt::format_to(
        std::back_inserter(body),
        R"({}{{"id":{},"date_added":"{}","version":"{}","media_type":"application/stix+json;version={}"}})",
        is_first ? "" : ",", json_quote(name.id), format_time_us(view.date_us(position)),
        name.version, is_20 ? "2.0" : "2.1");
    is_first = false;
  }
  body += page.positions.empty() ? "}" : "]}";
  Response response = json_response(200, std::move(body));
  add_dates(response, page);
  return response;
}

Response versions(const exchange::View& view, const exchange::Page& page,
                  const std::string& bound) {
  std::string body = page_head(view, page, bound, "versions");
  bool is_first = true;
  for (const store::Position position : page.positions) {
    body += is_first ? "\"" : ",\"";
    body += view.name(position).version + "\"";
    is_first = false;
  }
  body += page.positions.empty() ? "}" : "]}";
  Response response = json_response(200, std::move(body));
  add_dates(response, page);
  return response;
}

}  // namespace

Server::Server(exchange::Node& node, Random& random, std::string title, exchange::Served served)
    : node_(node), random_(random), title_(std::move(title)), served_(std::move(served)) {}

Server::~Server() = default;

Response Server::error(int status, std::string_view title, std::string_view description) {
  return json_response(status, fmt::format(R"({{"title":{},"description":{},"http_status":"{}"}})",
                                           json_quote(title), json_quote(description), status));
}

std::unique_ptr<exchange::Batcher> Server::take_batcher() {
  {
    std::lock_guard lock(batchers_mutex_);
    if (!batchers_.empty()) {
      auto batcher = std::move(batchers_.back());
      batchers_.pop_back();
      return batcher;
    }
  }
  return std::make_unique<exchange::Batcher>(node_.journal(), random_);
}

void Server::give_back(std::unique_ptr<exchange::Batcher> batcher) {
  std::lock_guard lock(batchers_mutex_);
  batchers_.push_back(std::move(batcher));
}

void Server::handle(Request request, Respond respond) {
  auto call = std::make_shared<Call>();
  call->request = std::move(request);
  RouteMatch match = match_route(routes(), call->request);
  call->route = match.route;
  call->parameters = std::move(match.parameters);
  if (match.allowed.empty()) {
    respond(error(404, "not-found", "there is no such resource"));
    return;
  }
  auto who = exchange::principal_of(node_, call->request);
  if (!who) {
    respond(error_of(who.error()));
    return;
  }
  call->who = *who;
  if (call->route == nullptr) {
    Response response = error(405, "method-not-allowed", "this resource takes " + match.allowed);
    response.headers.push_back({"Allow", match.allowed});
    respond(std::move(response));
    return;
  }
  if (!accepts(call->request.header("Accept"), kMediaType, kVersion)) {
    respond(error_of({Code::kNotAcceptable, "this server sends " + std::string(kContentType)}));
    return;
  }
  if (call->route->method == "POST") {
    post(std::move(call), std::move(respond));
  } else if (call->route->method == "DELETE") {
    respond(remove(*call));
  } else {
    respond(get(*call));
  }
}

Response Server::get(const Call& call) {
  const std::string_view operation = call.route->operation;
  if (operation == "taxiiDiscovery") {
    return json_response(200, fmt::format(R"({{"title":{},"default":"{}","api_roots":["{}"]}})",
                                          json_quote(title_), kApiRoot, kApiRoot));
  }
  if (operation == "taxiiApiRoot") {
    return json_response(200,
                         fmt::format(R"({{"title":{},"versions":["{}"],"max_content_length":{}}})",
                                     json_quote(title_), kContentType, limits::kEnvelopeBytesMax));
  }
  if (operation == "taxiiStatus") {
    auto status = node_.status(call.who, call.parameter("status"));
    return status ? json_response(200, std::move(*status)) : error_of(status.error());
  }
  const exchange::View view = node_.view(call.who);
  if (operation == "taxiiCollections") {
    std::string list;
    for (const release::Collection* one : view.collections()) {
      list += (list.empty() ? "" : ",") + collection_json(view, *one);
    }
    return json_response(200, list.empty() ? "{}" : "{\"collections\":[" + list + "]}");
  }
  const release::Collection* collection = view.collection(call.parameter("collection"));
  if (collection == nullptr) return error_of({Code::kNotFound, "no such collection"});
  if (operation == "taxiiCollection") return json_response(200, collection_json(view, *collection));
  if (!view.may_read(*collection))
    return error_of({Code::kForbidden, "this collection is not yours to read"});

  const bool is_one = operation == "taxiiObject" || operation == "taxiiVersions";
  const FilterSet taken{true, !is_one, operation != "taxiiVersions", true};
  const auto parts = parse_query(call.request.query);
  if (!parts) return error_of(parts.error());
  auto filters = read_filters(*parts, taken);
  if (!filters) return error_of(filters.error());
  exchange::Query& query = filters->query;
  query.collection = collection->number;
  query.with_bytes = operation == "taxiiObjects" || operation == "taxiiObject";
  query.bytes_max = limits::kPageBytesMax;
  if (operation == "taxiiVersions") query.version.emplace().all = true;
  const std::string bound = fmt::format("{} {} {} {}", operation, collection->id,
                                        is_one ? call.parameter("object") : "", filters->bound);
  if (!filters->next.empty()) {
    const auto after_us = exchange::read_cursor(view, bound, filters->next);
    if (!after_us) return error_of({Code::kInvalid, "next: not a cursor of this query"});
    query.after_us = std::max(query.after_us, *after_us);
  }
  if (is_one) query.ids = {call.parameter("object")};
  const exchange::Page page = view.page(query);
  if (is_one && page.positions.empty()) {
    // Nothing more to page through is an empty answer; nothing at all is no such object.
    exchange::Query whole = query;
    whole.after_us = INT64_MIN;
    if (view.page(whole).positions.empty()) return error_of({Code::kNotFound, "no such object"});
  }
  if (operation == "taxiiManifest") return manifest(view, page, bound);
  if (operation == "taxiiVersions") return versions(view, page, bound);
  if (served_) served_(view, page.positions);
  return envelope(view, page, bound);
}

// [taxii21 5.5]
void Server::post(std::shared_ptr<Call> call, Respond respond) {
  const std::string* type = call->request.header("Content-Type");
  if (type == nullptr || !is_media_type(*type, kMediaType, kVersion)) {
    respond(error_of({Code::kUnsupportedMedia, "this server takes " + std::string(kContentType)}));
    return;
  }
  const int64_t now_ms = node_.clock().now_ms();
  auto submission = std::make_unique<exchange::Submission>();
  std::string identity;
  {
    const exchange::View view = node_.view(call->who);
    const release::Collection* collection = view.collection(call->parameter("collection"));
    if (collection == nullptr) return respond(error_of({Code::kNotFound, "no such collection"}));
    if (!view.may_write(*collection)) {
      return respond(error_of({Code::kForbidden, "this collection is not yours to write"}));
    }
    submission->collection = collection->number;
    identity = view.state().directory->party(call->who.party)->identity;
    // From the request and its instant alone. The body is hashed by XXH3, keyed by the node: nothing rests on its strength.
    const uint64_t body = node_.journal().hash(call->request.body);
    const Digest digest =
        keyed_digest(view.state().node_key,
                     {"entente status v1", view.state().directory->party(call->who.party)->code,
                      std::to_string(now_ms), collection->id, std::to_string(body)});
    submission->status_id = uuid_from(digest);
  }
  submission->who = call->who;
  submission->text = std::move(call->request.body);
  submission->wants_status = true;
  submission->request_timestamp = format_time_us(now_ms * 1000);
  auto batcher = take_batcher();
  const Result<void> read = batcher->read_envelope(*submission, identity, nullptr);
  give_back(std::move(batcher));
  if (read) node_.check_sources(*submission, nullptr);
  if (!read) {
    const Code code =
        read.error().code == Code::kInvalid ? Code::kUnprocessable : read.error().code;
    return respond(error_of({code, read.error().detail}));
  }
  node_.submit(std::move(submission), [this, call, respond = std::move(respond)](auto outcome) {
    if (!outcome) return respond(error_of(outcome.error()));
    const exchange::View view = node_.view(call->who);
    auto status = exchange::status_of(*outcome->submission, view);
    respond(json_response(202, std::move(status)));
  });
}

// [taxii21 5.7]
Response Server::remove(const Call& call) {
  const exchange::View view = node_.view(call.who);
  const release::Collection* collection = view.collection(call.parameter("collection"));
  if (collection == nullptr) return error_of({Code::kNotFound, "no such collection"});
  if (!view.may_read(*collection) || !view.may_write(*collection)) {
    return error_of(
        {Code::kForbidden, "only who may read and write a collection may delete from it"});
  }
  const auto parts = parse_query(call.request.query);
  if (!parts) return error_of(parts.error());
  auto filters = read_filters(*parts, {false, false, true, true});
  if (!filters) return error_of(filters.error());
  exchange::Query& query = filters->query;
  query.collection = collection->number;
  query.ids = {call.parameter("object")};
  query.limit = 0;
  query.chains = exchange::Chains::kAll;
  query.latest_spec_only = false;
  if (!query.version) query.version.emplace().all = true;
  const exchange::Page page = view.page(query);
  if (page.positions.empty()) return error_of({Code::kNotFound, "no such object"});

  // A version is every entry that carries it: a later correction in place stands before the first.
  std::vector<std::pair<int64_t, bool>> versions;
  for (const store::Position position : page.positions) {
    const store::Entry entry = view.entry(position);
    if (entry.submitter == call.who.party)
      versions.emplace_back(entry.version_ns, (entry.flags & store::kSpec20) != 0);
  }
  if (versions.empty())
    return error_of({Code::kForbidden, "only its submitter withdraws an object"});
  std::vector<store::Position> own;
  view.versions_of(call.parameter("object"), [&](store::Position position) {
    const store::Entry entry = view.entry(position);
    const std::pair<int64_t, bool> version(entry.version_ns, (entry.flags & store::kSpec20) != 0);
    if (entry.collection == collection->number && entry.submitter == call.who.party &&
        std::ranges::find(versions, version) != versions.end()) {
      own.push_back(position);
    }
    return true;
  });
  const Result<void> outcome = node_.withdraw(call.who, own);
  return outcome ? json_response(200, "") : error_of(outcome.error());
}

}  // namespace entente::taxii
