// The chain of an id is walked on the writer's thread, so that no copy of the bytes can slip in between the choice and the
// tombstone. Copies that the party cannot see are erased too, and not counted in what it is told.
#include "exchange/recall.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "json/json.h"

namespace entente::exchange {
namespace {

constexpr std::string_view kTombstoneKey = "entente tombstone v1 ";

std::string numbers(const std::vector<store::Position>& positions) {
  std::string out;
  for (const store::Position position : positions)
    fmt::format_to(std::back_inserter(out), "{}{}", out.empty() ? "" : ",", position);
  return out;
}

bool read_numbers(json::Value list, std::vector<store::Position>* out) {
  for (const json::Value one : list.elements()) {
    const auto number = one.integer();
    if (!number || *number < 0 || *number >= int64_t{store::kNone}) return false;
    out->push_back(static_cast<store::Position>(*number));
  }
  return std::ranges::is_sorted(*out);
}

std::optional<Tombstone> read_tombstone(json::Value value) {
  const auto id = value.find("id"), digest = value.find("digest"), party = value.find("party");
  if (!id || !digest || !party) return std::nullopt;
  const auto id_bytes = from_hex(id->text()), digest_bytes = from_hex(digest->text());
  const int64_t number = party->integer().value_or(-1);
  Tombstone out;
  if (!id_bytes || id_bytes->size() != sizeof out.id_hash || !digest_bytes ||
      digest_bytes->size() != out.digest.size() || number < 0 || number > UINT16_MAX) {
    return std::nullopt;
  }
  __builtin_memcpy(&out.id_hash, id_bytes->data(), sizeof out.id_hash);
  __builtin_memcpy(out.digest.data(), digest_bytes->data(), out.digest.size());
  out.party = static_cast<release::PartyNumber>(number);
  return out;
}

}  // namespace

std::string encode_recall(const Recall& recall) {
  std::string tombstones;
  for (const Tombstone& one : recall.tombstones) {
    std::array<uint8_t, sizeof one.id_hash> id{};
    __builtin_memcpy(id.data(), &one.id_hash, id.size());
    fmt::format_to(std::back_inserter(tombstones), R"({}{{"id":"{}","digest":"{}","party":{}}})",
                   tombstones.empty() ? "" : ",", to_hex(id), to_hex(one.digest), one.party);
  }
  return fmt::format(
      R"({{"party":{},"by":{},"id":{},"reason":{},"seen_records":{},"seen_bytes":{},)"
      R"("records":[{}],"entries":[{}],"tombstones":[{}]}})",
      recall.party, json_quote(recall.by), json_quote(recall.id), json_quote(recall.reason),
      recall.seen_records, recall.seen_bytes, numbers(recall.records), numbers(recall.entries),
      tombstones);
}

Result<Recall> decode_recall(std::string_view bytes) {
  const auto corrupt = [] { return fail(Code::kCorrupt, "a recall record is not readable"); };
  json::Parser parser;
  json::Document document;
  const std::string text = json::padded(bytes);
  if (!parser.parse(std::string_view(text).substr(0, bytes.size()), &document)) return corrupt();
  const json::Value root = document.root();
  Recall out;
  const auto integer = [&](std::string_view name) {
    const auto value = root.find(name);
    return value ? value->integer().value_or(-1) : -1;
  };
  const auto text_of = [&](std::string_view name) {
    const auto value = root.find(name);
    return value ? value->text() : std::string();
  };
  const int64_t party = integer("party"), seen_records = integer("seen_records"),
                seen_bytes = integer("seen_bytes");
  if (party < 0 || party > UINT16_MAX || seen_records < 0 || seen_bytes < 0) return corrupt();
  out.party = static_cast<release::PartyNumber>(party);
  out.seen_records = static_cast<uint64_t>(seen_records);
  out.seen_bytes = static_cast<uint64_t>(seen_bytes);
  out.by = text_of("by");
  out.id = text_of("id");
  out.reason = text_of("reason");
  const auto records = root.find("records"), entries = root.find("entries"),
             tombstones = root.find("tombstones");
  if (!records || !entries || !tombstones) return corrupt();
  if (!read_numbers(*records, &out.records) || !read_numbers(*entries, &out.entries))
    return corrupt();
  for (const json::Value one : tombstones->elements()) {
    const auto tombstone = read_tombstone(one);
    if (!tombstone) return corrupt();
    out.tombstones.push_back(*tombstone);
  }
  return out;
}

Digest tombstone_of(std::string_view node_key, std::string_view bytes) {
  return keyed_digest(std::string(kTombstoneKey).append(node_key), {bytes});
}

void Tombstones::add(const std::vector<Tombstone>& tombstones) {
  for (const Tombstone& one : tombstones) by_id_[one.id_hash].push_back(one);
}

bool Tombstones::refuse(std::string_view node_key, uint64_t id_hash, std::string_view bytes,
                        release::PartyNumber submitter) const {
  const auto found = by_id_.find(id_hash);
  if (found == by_id_.end()) return false;
  const Digest digest = tombstone_of(node_key, bytes);
  return std::ranges::any_of(found->second, [&](const Tombstone& one) {
    return (one.party == release::kNoParty || one.party == submitter) && one.digest == digest;
  });
}

namespace {

// The walk over one id.
class Finder {
 public:
  Finder(const store::Plan& plan, const RecallRequest& request) : plan_(plan), request_(request) {}

  RecallFound run() {
    each([this](store::Position at, const store::Entry& entry) { take_own(at, entry); });
    each([this](store::Position at, const store::Entry& entry) { take_copy(at, entry); });
    each([this](store::Position at, const store::Entry& entry) {
      if (records_.contains(entry.object)) found_.entries.push_back(at);
    });
    found_.records.assign(records_.begin(), records_.end());
    std::ranges::sort(found_.entries);
    std::ranges::sort(found_.own);
    return std::move(found_);
  }

 private:
  template <class Visit>
  void each(const Visit& visit) const {
    for (store::Position at = plan_.find(request_.id_hash); at != store::kNone;) {
      const store::Entry entry = plan_.entry(at);
      if ((entry.flags & (store::kErased | store::kDamaged)) == 0) visit(at, entry);
      at = entry.previous;
    }
  }

  // What an object says of itself, if it is one of that id.
  std::optional<std::string> creator_of(std::string_view bytes) {
    const std::string text = json::padded(bytes);
    if (bytes.empty() ||
        !parser_.parse(std::string_view(text).substr(0, bytes.size()), &document_)) {
      return std::nullopt;
    }
    const auto id = document_.root().find("id");
    if (!id || !id->text_is(request_.id)) return std::nullopt;
    const auto creator = document_.root().find("created_by_ref");
    return creator ? creator->text() : std::string();
  }

  void take_own(store::Position at, const store::Entry& entry) {
    if (entry.submitter != request_.party || entry.object != at) return;
    const std::string_view bytes = plan_.bytes(at);
    const auto creator = creator_of(bytes);
    if (!creator) return;
    const release::Party* party = request_.directory->party_of_identity(*creator);
    const bool is_attested = (entry.flags & store::kAttested) != 0 ||
                             (party != nullptr && party->number == request_.party);
    if (!is_attested && party != nullptr) {
      found_.has_others = true;
      return;
    }
    records_.insert(at);
    found_.own.push_back(at);
    found_.tombstones.push_back({request_.id_hash, tombstone_of(request_.node_key, bytes),
                                 is_attested ? release::kNoParty : request_.party});
    if (is_attested) attested_.push_back(at);
  }

  void take_copy(store::Position at, const store::Entry& entry) {
    if (entry.submitter == request_.party || entry.object != at) return;
    const std::string_view bytes = plan_.bytes(at);
    const bool is_copy = std::ranges::any_of(
        attested_, [&](store::Position own) { return plan_.bytes(own) == bytes; });
    if (is_copy) records_.insert(at);
  }

  const store::Plan& plan_;
  const RecallRequest& request_;
  json::Parser parser_;
  json::Document document_;
  RecallFound found_;
  std::set<store::Position> records_;
  std::vector<store::Position> attested_;
};

// The same for bytes that are known by their tombstones alone.
class Digger {
 public:
  Digger(const store::Plan& plan, std::string_view node_key,
         const std::vector<Tombstone>& tombstones)
      : plan_(plan), node_key_(node_key), all_(tombstones) {
    refused_.add(tombstones);
  }

  RecallFound run() {
    RecallFound found;
    std::set<uint64_t> ids;
    for (const Tombstone& one : all_) ids.insert(one.id_hash);
    std::set<store::Position> records, entries;
    for (const uint64_t id : ids) {
      walk(id, [&](store::Position at, const store::Entry& entry) {
        const bool is_record = entry.object == at && !plan_.bytes(at).empty();
        if (is_record && refused_.refuse(node_key_, id, plan_.bytes(at), entry.submitter))
          records.insert(at);
      });
      walk(id, [&](store::Position at, const store::Entry& entry) {
        if (records.contains(entry.object)) entries.insert(at);
      });
    }
    found.records.assign(records.begin(), records.end());
    found.entries.assign(entries.begin(), entries.end());
    return found;
  }

 private:
  template <class Visit>
  void walk(uint64_t id_hash, const Visit& visit) const {
    for (store::Position at = plan_.find(id_hash); at != store::kNone;) {
      const store::Entry entry = plan_.entry(at);
      visit(at, entry);
      at = entry.previous;
    }
  }

  const store::Plan& plan_;
  std::string_view node_key_;
  const std::vector<Tombstone>& all_;
  Tombstones refused_;
};

}  // namespace

RecallFound find_buried(const store::Plan& plan, std::string_view node_key,
                        const std::vector<Tombstone>& tombstones) {
  return Digger(plan, node_key, tombstones).run();
}

RecallFound find_to_recall(const store::Plan& plan, const RecallRequest& request) {
  return Finder(plan, request).run();
}

}  // namespace entente::exchange
