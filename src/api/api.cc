#include "api/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/call.h"
#include "api/listing.h"
#include "api/parameters.h"
#include "api/procedures.h"
#include "api/supervision.h"
#include "base/limits.h"
#include "base/text.h"
#include "exchange/credentials.h"
#include "exchange/cursor.h"
#include "exchange/importer.h"
#include "exchange/preview.h"
#include "json/fields.h"
#include "release/signed_object.h"
#include "stix/stix.h"
#include "taxii/taxii.h"

namespace entente::api {
namespace {

// Imports that wait for their turn; further ones are refused.
constexpr size_t kImportsWaitingMax = 16;
constexpr size_t kErrandThreadsMax = 2;  // on which what sensors post is matched

Result<void> read_page(const Query& parameters, exchange::Query& query) {
  query.limit = limits::kPageObjectsDefault;
  if (const std::string* text = parameters.find("limit")) {
    const auto value = parse_decimal(*text);
    if (!value || *value == 0) return fail(Code::kInvalid, "limit is a whole number from 1");
    query.limit = static_cast<uint32_t>(std::min<uint64_t>(*value, limits::kPageObjectsMax));
  }
  if (const std::string* text = parameters.find("added_after")) {
    const auto at = stix::parse_timestamp(*text);
    if (!at) return fail(Code::kInvalid, "added_after is a timestamp such as 2026-01-01T00:00:00Z");
    query.after_us = at->us();
  }
  if (const std::string* text = parameters.find("versions")) {
    if (*text != "last" && *text != "all") return fail(Code::kInvalid, "versions is last or all");
    if (*text == "all") query.version.emplace().all = true;
  }
  if (const std::string* text = parameters.find("type")) {
    for (const std::string_view type : split(*text, ',')) {
      if (type.empty()) return fail(Code::kInvalid, "type has an empty value");
      query.types.emplace_back(type);
    }
    if (query.types.size() > limits::kFilterValuesMax)
      return fail(Code::kInvalid, "type has too many values");
  }
  return {};
}

// The collection a parameter names; none if it is absent.
Result<release::CollectionNumber> read_collection(const exchange::View& view,
                                                  const Query& parameters) {
  const std::string* name = parameters.find("collection");
  if (name == nullptr) return release::kNoCollection;
  const release::Collection* found = view.collection(*name);
  if (found == nullptr) return fail(Code::kNotFound, "no such collection");
  return found->number;
}

// The caller's known party of that code; those unknown to the caller are told from those that do not exist nowhere.
Result<const release::Party*> known_party(const exchange::View& view, std::string_view code) {
  for (const release::Party* party : view.known_parties()) {
    if (party->code == code) return party;
  }
  return fail(Code::kNotFound, "no such party");
}

Response why(const exchange::View& view, const std::string& id, const Query& parameters) {
  const std::string* code = parameters.find("party");
  if (code == nullptr) return error_of({Code::kInvalid, "party: which one?"});
  const auto party = known_party(view, *code);
  if (!party) return error_of(party.error());
  auto told = exchange::why_json(view, id, **party);
  return told ? json_response(200, std::move(*told)) : error_of(told.error());
}

Result<exchange::Parties> parties_for(const exchange::View& view, const Query& parameters) {
  const std::string* codes = parameters.find("for");
  if (codes == nullptr) return view.known_parties();
  exchange::Parties out;
  for (const std::string_view code : split(*codes, ',')) {
    const release::Party* party = TRY(known_party(view, code));
    if (std::ranges::find(out, party) == out.end()) out.push_back(party);
  }
  return out;
}

class MemorySource final : public exchange::Source {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  Result<std::string_view> next() override { return std::exchange(bytes_, {}); }

 private:
  std::string_view bytes_;
};

}  // namespace

Response json_response(int status, std::string body) {
  Response response;
  response.status = status;
  response.headers.push_back({"Content-Type", "application/json"});
  response.body.text = std::move(body);
  return response;
}

Response error_of(const Error& error) {
  Response response = Server::error(http_status_of(error.code), name_of(error.code), error.detail);
  if (error.code == Code::kUnauthenticated) {
    response.headers.push_back({"WWW-Authenticate", std::string(exchange::kChallengeBearer)});
    response.headers.push_back({"WWW-Authenticate", std::string(exchange::kChallengeBasic)});
  }
  return response;
}

Server::Server(exchange::Node& node, Random& random, std::string title, AuditPage audit,
               watch::Watch* watch, release::Signer* signer, supervision::Supervision* supervision,
               exchange::Served served, desk::Shelf* shelf)
    : node_(node),
      random_(random),
      audit_(std::move(audit)),
      own_watch_(watch == nullptr ? std::make_unique<watch::Watch>(node, random) : nullptr),
      watch_(watch == nullptr ? *own_watch_ : *watch),
      signer_(signer),
      own_supervision_(supervision == nullptr
                           ? std::make_unique<supervision::Supervision>(node, random)
                           : nullptr),
      supervision_(supervision == nullptr ? *own_supervision_ : *supervision),
      served_(std::move(served)),
      own_shelf_(shelf == nullptr ? std::make_unique<desk::Shelf>() : nullptr),
      shelf_(shelf == nullptr ? *own_shelf_ : *shelf),
      errands_(kErrandThreadsMax),
      worker_([this] { work(); }) {
  std::vector<Route> all = routes();
  all.insert(all.end(), taxii::Server::routes().begin(), taxii::Server::routes().end());
  openapi_ = openapi_document(title, all);
}

Server::~Server() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  worker_.join();
}

Response Server::error(int status, std::string_view title, std::string_view detail) {
  Response response = json_response(
      status, fmt::format(R"({{"type":"about:blank","title":{},"status":{},"detail":{}}})",
                          json_quote(title), status, json_quote(detail)));
  response.headers.front().value = "application/problem+json";
  return response;
}

// Finds route, caller and parameters of a request, or what it is answered instead.
std::optional<Response> Server::open(Call* call) {
  RouteMatch match = match_route(routes(), call->request);
  call->route = match.route;
  call->parameters = std::move(match.parameters);
  if (match.allowed.empty()) return error(404, "not-found", "there is no such resource");
  const bool is_open = call->route != nullptr && !call->route->needs_key;
  if (!is_open) {
    auto who = exchange::principal_of(node_, call->request);
    if (!who) return error_of(who.error());
    call->who = *who;
  }
  if (call->route == nullptr) {
    Response response = error(405, "method-not-allowed", "this resource takes " + match.allowed);
    response.headers.push_back({"Allow", match.allowed});
    return response;
  }
  const std::string_view media =
      call->route->response_media.empty() ? "application/json" : call->route->response_media;
  if (!accepts(call->request.header("Accept"), media, ""))
    return error_of({Code::kNotAcceptable, "this resource is " + std::string(media)});
  auto query = Query::read(*call->route, call->request.query);
  if (!query) return error_of(query.error());
  call->query = std::move(*query);
  return std::nullopt;
}

void Server::handle(Request request, Respond respond) {
  auto call = std::make_shared<Call>();
  call->request = std::move(request);
  if (auto refused = open(call.get())) return respond(std::move(*refused));
  if (call->route->operation == "openapi") return respond(json_response(200, openapi_));
  const bool is_long = call->route->operation == "import" || call->route->operation == "recall";
  if (is_long) return import(std::move(call), std::move(respond));
  if (call->route->operation == "audit") return respond(audit(*call));
  if (call->route->operation == "objectRelease") return respond(release_act(*call));
  if (is_watch_operation(call->route->operation))
    return in_turn(std::move(call), std::move(respond), &Server::watching);
  if (is_procedure_operation(call->route->operation)) return respond(procedures(*call));
  if (is_supervision_operation(call->route->operation))
    return in_turn(std::move(call), std::move(respond), &Server::supervising);
  respond(get(*call));
}

Response Server::get(const Call& call) {
  const std::string_view operation = call.route->operation;
  const exchange::View view = node_.view(call.who);
  if (operation == "me") {
    const release::Party* party = view.state().directory->party(call.who.party);
    return json_response(
        200,
        fmt::format(R"({{"party":"{}","name":{},"identity":"{}","role":"{}"}})", party->code,
                    json_quote(party->name), party->identity, release::name_of(call.who.role)));
  }
  if (operation == "stats") return json_response(200, stats_json(view));
  if (operation == "parties") return json_response(200, parties_json(view));
  if (operation == "collections") {
    std::string list;
    for (const release::Collection* one : view.collections()) {
      list += (list.empty() ? "" : ",") + collection_json(view, *one);
    }
    return json_response(200, "{\"collections\":[" + list + "]}");
  }
  if (operation == "collection") {
    const release::Collection* found = view.collection(call.parameters.at("collection"));
    return found == nullptr ? error_of({Code::kNotFound, "no such collection"})
                            : json_response(200, collection_json(view, *found));
  }

  exchange::Query query;
  const Result<void> read = read_page(call.query, query);
  if (!read) return error_of(read.error());
  const auto object = call.parameters.find("object");
  const std::string id = object == call.parameters.end() ? "" : object->second;
  if (operation == "objectReferences")
    return json_response(200, references_json(view, id, query.limit));
  if (operation == "objectWhy") return why(view, id, call.query);
  if (operation == "objectPreview" || operation == "preview") return preview(view, id, call);
  const auto collection = read_collection(view, call.query);
  if (!collection) return error_of(collection.error());
  query.collection = *collection;
  query.chains = exchange::Chains::kAll;
  query.latest_spec_only = false;
  query.with_bytes = operation != "objectVersions";
  query.bytes_max = limits::kPageBytesMax;
  if (!id.empty()) query.ids = {id};
  if (operation == "objectVersions") query.version.emplace().all = true;
  const std::string bound = fmt::format("{} {} {}", operation, id, call.query.bound());
  if (const std::string* cursor = call.query.find("cursor")) {
    const auto after_us = exchange::read_cursor(view, bound, *cursor);
    if (!after_us) return error_of({Code::kInvalid, "cursor: not a cursor of this query"});
    query.after_us = std::max(query.after_us, *after_us);
  }
  const exchange::Page page = view.page(query);
  if (!id.empty() && page.positions.empty() && query.after_us == INT64_MIN) {
    return error_of({Code::kNotFound, "no such object"});
  }
  if (served_ && query.with_bytes) served_(view, page.positions);
  return json_response(200, list_json(view, page, operation != "objectVersions", bound));
}

Response Server::preview(const exchange::View& view, const std::string& id, const Call& call) {
  const auto parties = parties_for(view, call.query);
  if (!parties) return error_of(parties.error());
  if (!id.empty()) {
    auto told = exchange::preview_json(view, id, *parties);
    return told ? json_response(200, std::move(*told)) : error_of(told.error());
  }
  const auto collection = read_collection(view, call.query);
  if (!collection) return error_of(collection.error());
  exchange::Batcher batcher(node_.journal(), random_);
  const auto submission = exchange::read_for_preview(batcher, view, *collection, call.request.body);
  if (!submission) return error_of(submission.error());
  exchange::Explainer explainer(view);
  return json_response(200, exchange::preview_json(explainer, **submission, *parties));
}

Response Server::procedures(const Call& call) {
  auto text = answer_procedure(call);
  return text ? json_response(200, std::move(*text)) : error_of(text.error());
}

Result<std::string> Server::answer_procedure(const Call& call) {
  const std::string* label = call.query.find("label");
  const std::string* person = call.query.find("person");
  const auto id = call.parameters.find("procedure");
  ProcedureCall asked{call.route->operation, id == call.parameters.end() ? "" : id->second,
                      call.request.body};
  asked.dry_run = TRY(call.query.flag("dry_run"));
  asked.digest = TRY(call.query.flag("digest"));
  if (label != nullptr) asked.label = *label;
  if (person != nullptr) asked.person = *person;
  if (asked.operation == "procedureAccess") asked.lines = TRY(audit_query(call));
  return answer_procedures(node_, random_, call.who, asked,
                           {signer_, served_, &shelf_, &supervision_, audit_});
}

// {"act":"widen"|"narrow","to":[CODES],"reason":TEXT}, signed with the key that is held here; or
// {"statement":{...}}, as ?dry_run=true gave it and the officer signed it.
Response Server::release_act(const Call& call) {
  const auto answer = answer_release(call);
  return answer ? json_response(200, *answer) : error_of(answer.error());
}

Result<std::string> Server::answer_release(const Call& call) {
  const auto done = [](size_t entries) { return fmt::format(R"({{"entries":{}}})", entries); };
  const json::Fields body = TRY(json::Fields::parse(call.request.body));
  const std::string id = call.parameters.at("object");
  if (const auto statement = body.root().find("statement")) {
    if (json::member_text(*statement, "object") != id)
      return fail(Code::kInvalid, "the statement is about another object");
    return done(TRY(node_.act(call.who, statement->raw())));
  }
  const std::string act = body.text("act");
  if (act != "widen" && act != "narrow") return fail(Code::kInvalid, "act is widen or narrow");
  const auto to = body.root().find("to");
  if (!to || !to->is_array()) return fail(Code::kInvalid, "to is a list of codes");
  using Kind = exchange::ReleaseStatement::Kind;
  const std::string statement =
      TRY(node_.release_statement(call.who, act == "widen" ? Kind::kWiden : Kind::kNarrow, id,
                                  json::strings_in(*to), body.text("reason")));
  if (TRY(call.query.flag("dry_run"))) return fmt::format(R"({{"statement":{}}})", statement);
  if (signer_ == nullptr) return fail(Code::kForbidden, "no key to sign with");
  const SigningKey key = TRY(signer_->key_for(call.who.party));
  const std::string signed_text = TRY(release::sign_object(statement, key));
  return done(TRY(node_.act(call.who, signed_text)));
}

void Server::import(std::shared_ptr<Call> call, Respond respond) {
  {
    std::lock_guard lock(mutex_);
    if (!stopping_ && waiting_.size() < kImportsWaitingMax) {
      waiting_.emplace_back(std::move(call), std::move(respond));
      changed_.notify_all();
      return;
    }
  }
  respond(error_of({Code::kUnavailable, "too many imports are waiting; try again later"}));
}

void Server::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    auto [call, respond] = std::move(waiting_.front());
    waiting_.pop_front();
    const bool stopping = stopping_;
    lock.unlock();
    if (stopping) {
      respond(error_of({Code::kUnavailable, "the node is stopping"}));
    } else {
      respond(call->route->operation == "recall" ? recall(*call) : run_import(*call));
    }
  }
}

// Which lines of its party's log a request asks for. kForbidden: this key may not know what its party did.
Result<AuditQuery> Server::audit_query(const Call& call) const {
  AuditQuery query;
  if (const std::string* text = call.query.find("since")) {
    const auto at = stix::parse_timestamp(*text);
    if (!at) return fail(Code::kInvalid, "since is a timestamp such as 2026-01-01T00:00:00Z");
    query.since_us = at->us();
  }
  if (const std::string* text = call.query.find("limit")) {
    const auto value = parse_decimal(*text);
    if (!value || *value == 0) return fail(Code::kInvalid, "limit is a whole number from 1");
    query.limit = static_cast<uint32_t>(std::min<uint64_t>(*value, limits::kAuditPageLinesMax));
  }
  if (const std::string* after = call.query.find("cursor")) query.after = *after;
  // What the party did is more than a narrower principal of it, or a reader without a key, may know.
  if (!call.who.restriction.is_none() || call.who.key_id.empty())
    return fail(Code::kForbidden, "this key does not read its party's audit log");
  query.party = node_.state()->directory->party(call.who.party)->code;
  return query;
}

Response Server::audit(const Call& call) {
  const auto query = audit_query(call);
  if (!query) return error_of(query.error());
  if (!audit_) return json_response(200, "{\"items\":[]}");
  auto page = audit_(*query);
  return page ? json_response(200, std::move(*page)) : error_of(page.error());
}

Response Server::supervising(const Call& call) {
  const auto object = call.parameters.find("object");
  auto text =
      answer_supervision(supervision_, call.who,
                         {call.route->operation,
                          object == call.parameters.end() ? "" : object->second, call.request.body},
                         [&](std::string_view name) { return call.query.find(name); });
  return text ? json_response(200, std::move(*text)) : error_of(text.error());
}

Response Server::recall(const Call& call) {
  json::Parser parser;
  json::Document document;
  const std::string body = json::padded(call.request.body);
  std::string reason;
  if (parser.parse(std::string_view(body).substr(0, call.request.body.size()), &document)) {
    const auto value = document.root().find("reason");
    if (value && value->is_string()) reason = value->text();
  }
  if (reason.empty())
    return error_of({Code::kInvalid, R"(the body is {"reason":"why it is recalled"})"});
  const auto report = node_.recall(call.who, call.parameters.at("object"), reason);
  if (!report) return error_of(report.error());
  return json_response(
      200, fmt::format(R"({{"id":{},"records":{},"erased_bytes":{}}})", json_quote(report->id),
                       report->records, report->erased_bytes));
}

Response Server::run_import(const Call& call) {
  exchange::ImportOptions options;
  options.who = call.who;
  if (!release::may_write(call.who.role))
    return error_of({Code::kForbidden, "this key's role does not write"});
  const auto strict = call.query.flag("strict");
  const auto dry_run = call.query.flag("dry_run");
  if (!strict) return error_of(strict.error());
  if (!dry_run) return error_of(dry_run.error());
  options.strict = *strict;
  options.dry_run = *dry_run;
  {
    const exchange::View view = node_.view(call.who);
    const auto collection = read_collection(view, call.query);
    if (!collection) return error_of(collection.error());
    options.collection = *collection;
    const release::Collection* into = view.state().directory->collection(*collection);
    if (into != nullptr && !view.may_write(*into)) {
      return error_of({Code::kForbidden, "this collection is not yours to write"});
    }
  }
  exchange::Importer importer(node_, random_, options);
  const Result<void> outcome = importer.run([&]() -> Result<std::unique_ptr<exchange::Source>> {
    return std::make_unique<MemorySource>(call.request.body);
  });
  if (!outcome) return error_of(outcome.error());
  return json_response(200, to_json(importer.report(), true));
}

}  // namespace entente::api
