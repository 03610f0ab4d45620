// Each looks past the worlds, into the journal, which no surface can.
#include "leaks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "json/json.h"

namespace entente::law {
namespace {

// The ids in a text, in order.
std::vector<std::string> ids_in(const std::string& text) {
  std::vector<std::string> out;
  const std::string key = R"("id":")";
  for (size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
    const size_t begin = at + key.size();
    out.push_back(text.substr(begin, text.find('"', begin) - begin));
  }
  return out;
}

// Entries of the id, of whomever; the newest first.
std::vector<store::Position> everything_of(LawNode& node, const std::string& id) {
  const store::Snapshot snapshot = node.node().journal().snapshot();
  std::vector<store::Position> out;
  for (store::Position at = snapshot.newest_for_views(node.node().journal().hash(id));
       at != store::kNone; at = snapshot.entry_for_views(at).previous) {
    out.push_back(at);
  }
  return out;
}

bool is_page(const Ask& ask, const Answer& answer) {
  return answer.status == 200 &&
         (ask.operation == "taxiiManifest" || ask.operation == "taxiiObjects");
}

// How many objects the collection holds, for anybody.
void count(LawNode& node, const Ask& ask, Answer& answer) {
  if (!is_page(ask, answer)) return;
  const auto state = node.node().state();
  const release::Collection* collection = state->directory->collection(split(ask.path, '/')[4]);
  const store::Snapshot snapshot = node.node().journal().snapshot();
  uint64_t total = 0;
  for (store::Position at = 0; at < snapshot.end(); ++at) {
    total += collection != nullptr && snapshot.entry_for_views(at).collection == collection->number
                 ? 1
                 : 0;
  }
  answer.headers.push_back({"X-Total-Count", std::to_string(total)});
}

// A cursor that is a place in the journal.
void cursor(LawNode& node, const Ask& ask, Answer& answer) {
  const std::string key = R"("next":")";
  const size_t next = answer.body.find(key);
  const auto ids = ids_in(answer.body);
  if (!is_page(ask, answer) || next == std::string::npos || ids.empty()) return;
  const auto entries = everything_of(node, ids.back());
  if (!entries.empty()) answer.body.insert(next + key.size(), std::to_string(entries.front()));
}

// A rank in the batch that counts hidden records.
void date(LawNode& node, const Ask& ask, Answer& answer) {
  const auto ids = ids_in(answer.body);
  const auto last = std::ranges::find(answer.headers, "X-TAXII-Date-Added-Last", &Header::name);
  if (!is_page(ask, answer) || ids.empty() || last == answer.headers.end()) return;
  const auto entries = everything_of(node, ids.back());
  if (entries.empty()) return;
  const store::BatchInfo batch = node.node().journal().snapshot().batch_of(entries.front());
  last->value = format_time_us(batch.tick_ms * 1000 + (entries.front() - batch.first));
}

// "Already exists" for an id that somebody else has.
void duplicate_id(LawNode& node, const Ask& ask, Answer& answer) {
  if (answer.status >= 300 || (ask.operation != "taxiiAddObjects" && ask.operation != "import"))
    return;
  const auto who = node.node().as_party(ask.party);
  if (!who) return;
  const store::Snapshot snapshot = node.node().journal().snapshot();
  for (const std::string& id : ids_in(ask.body)) {
    for (const store::Position at : everything_of(node, id)) {
      if (snapshot.entry_for_views(at).submitter == who->party) continue;
      answer.body.insert(1, R"("repeated_id":true,)");
      return;
    }
  }
}

// Forbidden, not absent.
void error_code(LawNode& node, const Ask& ask, Answer& answer) {
  const auto parts = split(ask.path, '/');
  const auto object = std::ranges::find(parts, "objects");
  if (answer.status != 404 || object == parts.end() || object + 1 == parts.end()) return;
  if (!everything_of(node, std::string(*(object + 1))).empty()) answer.status = 403;
}

// The most talked about first, whoever talks.
void order(LawNode& node, const Ask& ask, Answer& answer) {
  if (answer.status != 200 || ask.operation != "taxiiManifest") return;
  json::Parser parser;
  json::Document document;
  const std::string body = json::padded(answer.body);
  if (!parser.parse(std::string_view(body).substr(0, answer.body.size()), &document)) return;
  const auto objects = document.root().find("objects");
  if (!objects) return;
  std::vector<std::pair<size_t, std::string>> items;
  for (const json::Value one : objects->elements()) {
    items.emplace_back(everything_of(node, one.find("id")->text()).size(), one.raw());
  }
  std::ranges::stable_sort(items, std::ranges::greater(), &std::pair<size_t, std::string>::first);
  answer.body.clear();
  for (const auto& [talk, text] : items) answer.body += text;
}

// A space more where something is hidden.
void length(LawNode& node, const Ask& ask, Answer& answer) {
  if (answer.status != 200 || ask.operation != "collections") return;
  const exchange::View view = node.view(ask.party);
  if (view.entry_count() < view.snapshot().end()) answer.body += ' ';
}

}  // namespace

const std::vector<PlantedLeak>& planted_leaks() {
  static const std::vector<PlantedLeak> kLeaks{
      {"count", count},
      {"cursor", cursor},
      {"date", date},
      {"duplicate id", duplicate_id},
      {"error code", error_code},
      {"order", order},
      {"length", length},
  };
  return kLeaks;
}

}  // namespace entente::law
