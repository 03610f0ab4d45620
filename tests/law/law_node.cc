// The journal's files lie in a memory file system: what is tested is what readers are told, and 2,000 nodes a run would
// otherwise wait for the disk alone.
#include "law_node.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <future>
#include <thread>

#include "base/hash.h"
#include "base/text.h"
#include "json/json.h"
#include "objects.h"

namespace entente::law {
namespace {

constexpr size_t kSegmentBytes = 64 * 1024;  // small, so that segments are sealed within a history
const Role kRoles[] = {Role::kContributor, Role::kReader, Role::kOfficer};

release::Role role_of(Role role) {
  switch (role) {
    case Role::kReader:
      return release::Role::kReader;
    case Role::kOfficer:
      return release::Role::kReleaseOfficer;
    case Role::kExpert:
      return release::Role::kExpert;
    default:
      return release::Role::kContributor;
  }
}

const char* name_of(Role role) { return release::name_of(role_of(role)).data(); }

std::string codes_json(const std::vector<std::string>& codes) {
  std::string out = "[";
  for (const std::string& code : codes) out += (out.size() > 1 ? "," : "") + json_quote(code);
  return out + "]";
}

std::string categories_json(const std::set<std::string>& categories) {
  return codes_json({categories.begin(), categories.end()});
}

std::string dates_json(const Act& act) {
  std::string out;
  if (act.from_ms != INT64_MIN) out += fmt::format(",\"from\":{}", act.from_ms);
  if (act.until_ms != INT64_MAX) out += fmt::format(",\"until\":{}", act.until_ms);
  return out;
}

std::string authority_json(const Act& act) {
  const bool ends = act.kind == Kind::kEndAuthority;
  std::string out = fmt::format(R"({{"op":"{}","party":"{}","marking":"{}")",
                                ends ? "authority-end" : "authority", act.code,
                                act.object_id.empty() ? "*" : act.object_id);
  if (!ends && !act.object_id.empty())
    out += fmt::format(R"(,"content":"{}")", to_hex(sha256({act.body})));
  return out + "}";
}

std::string clearance_json(const Act& act) {
  if (act.kind == Kind::kEndClearance) {
    return fmt::format(R"({{"op":"clearance-end","party":"{}","policy":"{}","until":{}}})",
                       act.code, kPolicy, act.until_ms);
  }
  return fmt::format(
      R"({{"op":"clearance","party":"{}","policy":"{}","level":"{}","categories":{}{}}})", act.code,
      kPolicy, kPolicyLevels[act.clearance.level], categories_json(act.clearance.categories),
      dates_json(act));
}

std::string narrowing_json(const Narrowing& narrowing) {
  std::string out;
  if (!narrowing.collections.empty()) {
    out += "\"collections\":" +
           codes_json({narrowing.collections.begin(), narrowing.collections.end()});
  }
  if (narrowing.clearance) {
    out += fmt::format(R"({}"clearances":[{{"policy":"{}","level":"{}","categories":{}}}])",
                       out.empty() ? "" : ",", kPolicy, kPolicyLevels[narrowing.clearance->level],
                       categories_json(narrowing.clearance->categories));
  }
  return "{" + out + "}";
}

std::string change_json(const Act& act) {
  static const char* const kNames[] = {"tlp:clear", "tlp:green", "tlp:amber", "tlp:amber+strict",
                                       "tlp:red"};
  switch (act.kind) {
    case Kind::kParty:
      return fmt::format(R"({{"op":"party","code":"{}","name":"Party {}","identity":"{}"}})",
                         act.code, act.code, act.identity);
    case Kind::kGroup:
      return fmt::format(R"({{"op":"group","code":"{}","name":"Group {}","retroactive":{}}})",
                         act.code, act.code, act.is_retroactive);
    case Kind::kRetroactive:
      return fmt::format(R"({{"op":"group-retroactive","group":"{}","retroactive":{}}})", act.group,
                         act.is_retroactive);
    case Kind::kPolicy:
      return fmt::format(R"({{"op":"policy","name":"{}","levels":{},"categories":{}}})", kPolicy,
                         codes_json({std::begin(kPolicyLevels), std::end(kPolicyLevels)}),
                         codes_json({std::begin(kCategories), std::end(kCategories)}));
    case Kind::kClearance:
    case Kind::kEndClearance:
      return clearance_json(act);
    case Kind::kAuthority:
    case Kind::kEndAuthority:
      return authority_json(act);
    case Kind::kMember:
    case Kind::kEndMember:
      return fmt::format(R"({{"op":"member","group":"{}","member":"{}"{}}})", act.group, act.code,
                         dates_json(act));
    default:
      break;
  }
  return fmt::format(
      R"({{"op":"collection","alias":"{}","id":"{}","title":"Title of {}","description":"About {}","read":{},"write":{}{}}})",
      act.alias, act.uuid, act.alias, act.alias, codes_json(act.read), codes_json(act.write),
      act.default_level ? fmt::format(",\"default\":\"{}\"", kNames[*act.default_level]) : "");
}

std::string to_base64(std::string_view bytes) {
  std::string out = to_base64url(bytes);
  std::ranges::replace(out, '-', '+');
  std::ranges::replace(out, '_', '/');
  return out.append((4 - out.size() % 4) % 4, '=');
}

std::string parent_folder() {
  const std::string memory = "/dev/shm";
  std::error_code ignored;
  return std::filesystem::is_directory(memory, ignored)
             ? memory
             : std::filesystem::temp_directory_path().string();
}

}  // namespace

Folder::Folder() : path_(parent_folder() + "/entente-law-XXXXXX") {
  CHECK(::mkdtemp(path_.data()) != nullptr);
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

const std::string* Answer::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, &Header::name);
  return found == headers.end() ? nullptr : &found->value;
}

std::string difference(const Answer& whole, const Answer& twin) {
  if (whole.status != twin.status) return "status";
  const auto same = [](const Header& a, const Header& b) {
    return a.name == b.name && a.value == b.value;
  };
  if (!std::ranges::equal(whole.headers, twin.headers, same)) return "headers";
  if (whole.body != twin.body) return "body";
  return "";
}

std::string describe(const Ask& ask) {
  std::string out =
      fmt::format("{} as {}/{} ({}): {} {}{}{}", ask.operation, ask.party, name_of(ask.role),
                  ask.scheme, ask.method, ask.path, ask.query.empty() ? "" : "?", ask.query);
  for (const Header& header : ask.headers) out += "\n    " + header.name + ": " + header.value;
  if (!ask.body.empty()) out += "\n    " + ask.body;
  return out;
}

std::string describe(const Answer& answer) {
  std::string out = fmt::format("{}", answer.status);
  for (const Header& header : answer.headers) out += "\n    " + header.name + ": " + header.value;
  return out + "\n    " + answer.body;
}

Result<SigningKey> KnownKeys::key_for(release::PartyNumber party) {
  return signing_key_of(node_->state()->directory->party(party)->identity);
}

LawNode::LawNode(uint64_t seed, Leak leak, size_t types_max)
    : random_(seed), files_(store::posix_files()), leak_(std::move(leak)), types_max_(types_max) {
  open();
}

void LawNode::open() {
  door_.reset();
  api_.reset();
  taxii_.reset();
  audit_.reset();
  node_.reset();
  exchange::NodeOptions options;
  options.directory = folder_.path();
  options.clock = &clock_;
  options.random = &random_;
  options.files = files_.get();
  options.segment_bytes = kSegmentBytes;
  options.types_max = types_max_;
  // A writer's own check against what it sees is the writer's: what it was let release is replayed as it is.
  options.replays = [](release::PartyNumber) { return true; };
  store::Recovery recovery;
  auto node = exchange::Node::open(options, &recovery);
  CHECK(node.has_value());
  node_ = std::move(*node);
  node_->let_anonymous_in(true);
  taxii_ = std::make_unique<taxii::Server>(*node_, random_, "law");
  audit_ = std::move(*app::Audit::open(*files_, folder_.path() + "/audit", clock_));
  api_ = std::make_unique<api::Server>(
      *node_, random_, "law", [this](const AuditQuery& query) { return audit_->page(query); },
      nullptr, &signer_);
  const std::vector<app::Surface> surfaces{app::surface_of("taxii", *taxii_),
                                           app::surface_of("api", *api_)};
  log_ = std::move(*app::Log::open(clock_, app::Log::Form::kJson, "error"));
  metrics_ = std::make_unique<app::Metrics>(surfaces, clock_);
  quotas_ = std::make_unique<app::Quotas>(app::QuotaRates{0, 0, 0, 0}, clock_);
  door_ = std::make_unique<app::FrontDoor>(*node_, surfaces, *log_, *audit_, *metrics_, *quotas_);
}

LawNode::~LawNode() = default;

std::string LawNode::change(const Act& act) {
  set_clock(act.at_ms);
  if (act.kind == Kind::kRestart) {
    open();
    return "";
  }
  if (act.kind == Kind::kExpertKey) {
    std::string refusal =
        give_key(act.code, Role::kExpert, narrowing_json(narrowings_.at(act.code)));
    pass_over(act);
    return refusal;
  }
  std::string change = change_json(act);
  if (act.kind == Kind::kRevokeKey) {
    const auto key = keys_.find({act.party, act.role});
    if (key == keys_.end()) return "no such key";
    change = fmt::format(R"({{"op":"revoke-key","id":"{}","at":{}}})", key->second.id, act.at_ms);
  }
  if (const auto changed = node_->change_directory(change); !changed) return changed.error().detail;
  if (act.kind != Kind::kParty) return "";
  const std::string signing =
      fmt::format(R"({{"op":"signing-key","party":"{}","public":"{}"}})", act.code,
                  to_hex(signing_key_of(act.identity).public_key()));
  if (const auto added = node_->change_directory(signing); !added) return added.error().detail;
  narrowings_[act.code] = act.narrowing;
  for (const Role role : kRoles) {
    if (std::string refusal = give_key(act.code, role); !refusal.empty()) return refusal;
  }
  return "";
}

void LawNode::pass_over(const Act& act) { random_.restart(hash64(act.code, 0)); }

std::string LawNode::give_key(const std::string& party, Role role, const std::string& narrowing) {
  // The same key in every node, whatever that drew before: the audit log names keys.
  random_.restart(hash64(party, static_cast<uint64_t>(role) + 1));
  auto key = node_->new_key(party, role_of(role), narrowing);
  if (!key) return key.error().detail;
  keys_[{role == Role::kExpert ? party + kExpertMark : party, role}] = std::move(*key);
  return "";
}

void LawNode::send(Ask ask, Respond respond) {
  Request request;
  request.method = ask.method;
  request.path = ask.path;
  request.query = ask.query;
  request.headers = ask.headers;
  request.id = "law";
  const auto key = keys_.find({ask.party, ask.role});
  const std::string text = key == keys_.end() ? "ent_none" : key->second.text;
  // The wire gives bodies with room for the parser; what lies there must not matter.
  request.body.reserve(ask.body.size() + json::kPaddingBytes + 1);
  request.body = ask.body;
  if (ask.scheme == "Basic") {
    request.headers.push_back({"Authorization", "Basic " + to_base64("any:" + text)});
  } else if (ask.scheme == "wrong") {
    request.headers.push_back({"Authorization", "Bearer ent_0123456789abcdef_wrong"});
  } else if (ask.scheme != "none") {
    request.headers.push_back({"authorization", ask.scheme + " " + text});
  }
  CHECK(taxii::Server::owns(request.path) || api::Server::owns(request.path));
  door_->handle(std::move(request), std::move(respond));
}

Answer LawNode::ask(Ask ask, int64_t now_ms) {
  set_clock(now_ms);
  std::promise<Response> promise;
  send(ask, [&](Response response) { promise.set_value(std::move(response)); });
  const Response response = promise.get_future().get();
  Answer answer{response.status, response.headers, response.body.flatten()};
  if (leak_) leak_(*this, ask, answer);
  return answer;
}

// The writer is held up by work that adds nothing, so that all of them wait when it looks for more.
std::vector<Answer> LawNode::ask_together(std::vector<Ask> asks, int64_t now_ms) {
  set_clock(now_ms);
  const uint64_t batches = node_->journal().stats().batches;
  std::promise<void> held, released;
  std::thread holder([&] {
    const auto hold = [&]() -> Result<std::unique_ptr<exchange::Submission>> {
      held.set_value();
      released.get_future().wait();
      return nullptr;
    };
    CHECK(node_->submit_as_one(hold, [](const exchange::Submission&) {}).has_value());
  });
  held.get_future().wait();
  std::vector<std::promise<Response>> promises(asks.size());
  for (size_t i = 0; i < asks.size(); ++i) {
    send(asks[i],
         [&promises, i](Response response) { promises[i].set_value(std::move(response)); });
  }
  released.set_value();
  holder.join();
  std::vector<Answer> answers;
  for (size_t i = 0; i < asks.size(); ++i) {
    const Response response = promises[i].get_future().get();
    Answer& answer =
        answers.emplace_back(response.status, response.headers, response.body.flatten());
    if (leak_) leak_(*this, asks[i], answer);
  }
  CHECK(node_->journal().stats().batches <= batches + 1);
  return answers;
}

exchange::View LawNode::view(const std::string& reader) const {
  const auto key = keys_.find({reader, Role::kExpert});
  return node_->view(key == keys_.end() ? *node_->as_party(reader)
                                        : *node_->authenticate(key->second.text));
}

bool LawNode::withdraw(const std::string& party, const std::string& collection,
                       const std::vector<std::string>& texts, int64_t now_ms) {
  set_clock(now_ms);
  const auto who = node_->as_party(party);
  if (!who) return false;
  const exchange::View view = node_->view(*who);
  const release::Collection* found = view.state().directory->collection(collection);
  if (found == nullptr) return false;
  std::vector<store::Position> positions;
  std::string scratch;
  for (store::Position position = 0; position < view.world().end(); ++position) {
    if (!view.world().contains(position)) continue;
    const store::Entry entry = view.entry(position);
    const bool is_meant = entry.submitter == who->party && entry.collection == found->number &&
                          std::ranges::find(texts, view.edition(position, &scratch)) != texts.end();
    if (is_meant) positions.push_back(position);
  }
  return positions.size() == texts.size() && node_->withdraw(*who, positions).has_value();
}

Ask ask_of(const Act& act, const std::vector<Object>& objects, const std::string& collection) {
  Ask ask;
  ask.party = act.party;
  ask.role = act.role;
  if (act.kind == Kind::kRecall) {
    ask.operation = "recall";
    ask.method = "POST";
    ask.path = "/api/v1/objects/" + act.object_id + "/recall";
    ask.headers.push_back({"Content-Type", "application/json"});
    ask.body = R"({"reason":"too much is said"})";
    return ask;
  }
  if (act.kind == Kind::kRelease) {
    ask.operation = "objectRelease";
    ask.method = "POST";
    ask.path = "/api/v1/objects/" + act.object_id + "/release";
    ask.headers.push_back({"Content-Type", "application/json"});
    for (const std::string& code : act.read)
      ask.body += (ask.body.empty() ? "\"" : ",\"") + code + "\"";
    ask.body = fmt::format(R"({{"act":"{}","to":[{}],"reason":"asked for"}})",
                           act.widens ? "widen" : "narrow", ask.body);
    return ask;
  }
  std::string list;
  for (const Object& object : objects) list += (list.empty() ? "" : ",") + object.text;
  const std::string path = "/taxii2/entente/collections/" + collection + "/objects/";
  const bool is_import = act.kind == Kind::kImport || (act.kind == Kind::kBroken && act.is_import);
  ask.method = act.kind == Kind::kDelete ? "DELETE" : "POST";
  if (act.kind == Kind::kDelete) {
    ask.operation = "taxiiDeleteObject";
    ask.path = path + act.object_id + "/";
    if (!act.version.empty()) ask.query = "match[version]=" + act.version;
    if (!act.spec_version.empty())
      ask.query += (ask.query.empty() ? "" : "&") + ("match[spec_version]=" + act.spec_version);
    return ask;
  }
  ask.operation = is_import ? "import" : "taxiiAddObjects";
  ask.path = is_import ? "/api/v1/import" : path;
  if (is_import && !collection.empty()) ask.query = "collection=" + collection;
  if (act.is_strict) ask.query += (ask.query.empty() ? "" : "&") + std::string("strict=true");
  if (act.is_dry) ask.query += (ask.query.empty() ? "" : "&") + std::string("dry_run=true");
  if (act.kind == Kind::kBroken) {
    ask.body = act.body;
  } else if (!is_import) {
    ask.body = "{\"objects\":[" + list + "]}";
  } else if (act.form == 0) {
    ask.body =
        R"({"type":"bundle","id":"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d","objects":[)" +
        list + "]}";
  } else if (act.form == 1) {
    ask.body = "[" + list + "]";
  } else {
    for (const Object& object : objects) ask.body += object.text + "\n";
  }
  std::string type = act.content_type;
  if (type.empty()) type = is_import ? "application/json" : std::string(taxii::kContentType);
  ask.headers.push_back({"Content-Type", type});
  return ask;
}

}  // namespace entente::law
