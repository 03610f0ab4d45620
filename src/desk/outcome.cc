// Objects stand in the document as their submitters sent them, each with its submitter and the tick that bounds its
// instant.
#include "desk/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "json/json.h"
#include "stix/stix.h"

namespace entente::desk {
namespace {

std::string entry_of(const exchange::View& view, store::Position position) {
  std::string scratch;
  const auto& party = *view.state().directory->party(view.entry(position).submitter);
  return fmt::format(R"({{"party":{},"tick":"{}","object":{}}})", json_quote(party.code),
                     format_time_ms(view.snapshot().batch_of(position).tick_ms),
                     view.edition(position, &scratch));
}

std::string roster_json(const procedure::Roster& roster) {
  std::string out;
  for (const auto& [from_ms, members] : roster.spans()) {
    std::string codes;
    for (const std::string& code : members) codes += (codes.empty() ? "" : ",") + json_quote(code);
    out += fmt::format(R"({}{{"from":"{}","members":[{}]}})", out.empty() ? "" : ",",
                       format_time_ms(from_ms), codes);
  }
  return "[" + out + "]";
}

std::optional<int64_t> instant_of(json::Value object, std::string_view name) {
  const auto value = object.find(name);
  if (!value || !value->is_string()) return std::nullopt;
  const std::string text = value->text();
  const auto at = stix::parse_timestamp(text);
  if (!at) return std::nullopt;
  return at->ms();
}

std::string text_in(json::Value object, std::string_view name) {
  const auto value = object.find(name);
  return value && value->is_string() ? value->text() : std::string();
}

using Keys = std::map<std::string, std::vector<release::SigningKeyFact>>;

std::string keys_json(const release::Directory& directory, const std::set<std::string>& parties) {
  std::string out;
  for (const std::string& code : parties) {
    for (const auto& fact : directory.signing_keys().of(directory.party(code)->number)) {
      const std::string until =
          fact.until_ms == INT64_MAX ? "null" : "\"" + format_time_ms(fact.until_ms) + "\"";
      out += fmt::format(R"({}{{"party":{},"key":"{}","from":"{}","until":{}}})",
                         out.empty() ? "" : ",", json_quote(code), to_hex(fact.key),
                         format_time_ms(fact.from_ms), until);
    }
  }
  return "[" + out + "]";
}

Result<Keys> read_keys(json::Value record) {
  const auto list = record.find("keys");
  if (!list || !list->is_array()) return fail(Code::kInvalid, "no list of keys");
  Keys out;
  for (const json::Value one : list->elements()) {
    const auto key = public_key_from(text_in(one, "key"));
    const std::string party = text_in(one, "party");
    if (!key || party.empty()) return fail(Code::kInvalid, "a key is not whole");
    out[party].push_back({*key,
                          {},
                          instant_of(one, "from").value_or(INT64_MIN),
                          instant_of(one, "until").value_or(INT64_MAX)});
  }
  return out;
}

// What the document says, read back.
struct Document {
  procedure::Pack pack;
  Opening opening;
  procedure::Case one;
  Keys keys;
  int64_t as_of_ms = 0;
};

Result<procedure::Roster> read_roster(json::Value record) {
  std::vector<std::pair<int64_t, std::vector<std::string>>> spans;
  const auto list = record.find("roster");
  if (!list) return fail(Code::kInvalid, "no roster");
  for (const json::Value span : list->elements()) {
    const auto from_ms = instant_of(span, "from");
    const auto members = span.find("members");
    if (!from_ms || !members || (!spans.empty() && spans.back().first >= *from_ms))
      return fail(Code::kInvalid, "the roster is not in order");
    spans.emplace_back(*from_ms, std::vector<std::string>());
    for (const json::Value code : members->elements()) spans.back().second.push_back(code.text());
    std::ranges::sort(spans.back().second);
  }
  return procedure::Roster(std::move(spans));
}

Result<Document> read_document(json::Value record) {
  if (text_in(record, "form") != kOutcomeForm)
    return fail(Code::kInvalid, "not of the form " + std::string(kOutcomeForm));
  std::vector<procedure::Mistake> mistakes;
  auto pack = procedure::read_pack(text_in(record, "pack_text"), &mistakes);
  if (!pack) return fail(Code::kInvalid, "its rule pack: " + procedure::describe(mistakes));
  Document out;
  out.pack = std::move(*pack);
  const auto as_of_ms = instant_of(record, "as_of");
  const auto opening = record.find("opening"), acts = record.find("acts");
  if (!as_of_ms || !opening || !acts)
    return fail(Code::kInvalid, "as_of, opening or acts are missing");
  out.as_of_ms = *as_of_ms;
  const auto tick_ms = instant_of(*opening, "tick");
  const auto object = opening->find("object");
  if (!tick_ms || !object) return fail(Code::kInvalid, "the opening is not whole");
  out.keys = TRY(read_keys(record));
  const auto by = [&](json::Value entry, int64_t at_ms) {
    const std::string party = text_in(entry, "party");
    return Submitted{party, at_ms, out.keys[party]};
  };
  out.opening = TRY(read_opening(object->raw(), by(*opening, *tick_ms)));
  if (out.opening.record.proof != procedure::Proof::kSigned)
    return fail(Code::kInvalid, "the opening is not signed by its party");
  out.opening.record.act = out.pack.acts[out.pack.opening()].name;
  out.one.opening = out.opening.record;
  out.one.roles = out.opening.roles;
  out.one.calendar = out.opening.calendar;
  out.one.roster = TRY(read_roster(record));
  for (const json::Value act : acts->elements()) {
    const auto at_ms = instant_of(act, "tick");
    const auto what = act.find("object");
    if (!at_ms || !what) return fail(Code::kInvalid, "an act is not whole");
    ActObject one = TRY(read_act(what->raw(), by(act, *at_ms)));
    if (one.procedure != out.opening.record.id)
      return fail(Code::kInvalid, one.record.id + " is an act of another procedure");
    out.one.records.push_back(std::move(one.record));
  }
  return out;
}

}  // namespace

Result<std::string> outcome_record(Docket& docket, std::string_view id) {
  const auto file = TRY(docket.find(id));
  if (file->now.outcome.empty())
    return fail(Code::kUnprocessable, fmt::format("{} has no outcome yet", id));
  TRY(docket.sign("{}"));  // there is a key to be named in it
  const exchange::View& view = docket.view();
  const store::Position first = TRY(docket.opening_of(id));
  std::vector<std::string> acts;
  std::set<std::string> parties{docket.code(), file->one.opening.party};
  std::set<std::pair<uint64_t, uint16_t>> seen;
  view.referring(id, [&](store::Position position) {
    const auto entry = view.entry(position);
    std::string scratch;
    if (view.type(position) != kActType ||
        !seen.emplace(entry.content_hash, entry.submitter).second)
      return true;
    const auto act = read_act(view.edition(position, &scratch), docket.submitted(position));
    if (act && act->procedure == id) {
      acts.push_back(entry_of(view, position));
      parties.insert(act->record.party);
    }
    return true;
  });
  std::ranges::sort(acts);
  std::string list;
  for (const std::string& act : acts) list += (list.empty() ? "" : ",") + act;
  const std::string record = fmt::format(
      R"({{"form":"{}","id":{},"pack":{},"pack_text":{},"roster":{},"keys":{},"opening":{},"acts":[{}],"as_of":"{}","issued_by":{},"outcome":{},"since":"{}"}})",
      kOutcomeForm, json_quote(id), json_quote(file->pack->name),
      json_quote(procedure::Packs::text_of(file->pack->name)), roster_json(file->one.roster),
      keys_json(*view.state().directory, parties), entry_of(view, first), list,
      format_time_ms(docket.now_ms()), json_quote(docket.code()), json_quote(file->now.outcome),
      format_time_ms(file->now.since_ms));
  return docket.sign(
      fmt::format(R"({{"record":{},"sha256":"{}"}})", record, to_hex(sha256({record}))));
}

namespace {

// What verifying finds.
class Verifier {
 public:
  std::vector<std::string> problems;
  std::string id, outcome, issuer, keys;
  std::optional<int64_t> since_ms;
  size_t records = 0, not_counted = 0;

  Result<void> verify(std::string_view text, std::string_view trusted) {
    const std::string bytes = json::padded(text);
    json::Parser parser;
    json::Document document;
    if (!parser.parse(std::string_view(bytes).substr(0, text.size()), &document))
      return fail(Code::kInvalid, "not JSON");
    const auto record = document.root().find("record");
    if (!record || !record->is_object()) return fail(Code::kInvalid, "no record in it");
    if (text_in(document.root(), "sha256") != to_hex(sha256({record->raw()})))
      problems.push_back("the digest is not that of the record");
    const Document read = TRY(read_document(*record));
    check_issuer(document.root(), *record, read);
    if (!trusted.empty()) TRY(check_keys(read.keys, trusted));
    return check_outcome(*record, read);
  }

 private:
  void check_issuer(json::Value root, json::Value record, const Document& read) {
    issuer = text_in(record, "issued_by");
    const auto held = read.keys.find(issuer);
    const auto of_issuer = held == read.keys.end() ? std::span<const release::SigningKeyFact>()
                                                   : std::span(held->second);
    // The key may have been made for this document.
    const auto standing =
        release::standing_of(release::check_signature(root), of_issuer, {read.as_of_ms, INT64_MAX});
    if (standing != release::Standing::kSigned)
      problems.push_back("the document is not signed by the party that it says issued it");
    for (const auto& [party, facts] : read.keys) {
      for (const auto& fact : facts)
        keys += fmt::format(R"({}{{"party":{},"key":"{}"}})", keys.empty() ? "" : ",",
                            json_quote(party), to_hex(fact.key));
    }
  }

  Result<void> check_keys(const Keys& keys_in, std::string_view trusted) {
    const std::string bytes = json::padded(trusted);
    json::Parser parser;
    json::Document document;
    if (!parser.parse(std::string_view(bytes).substr(0, trusted.size()), &document))
      return fail(Code::kInvalid, "the list of trusted keys is not JSON");
    const Keys known = TRY(read_keys(document.root()));
    for (const auto& [party, facts] : keys_in) {
      const auto found = known.find(party);
      for (const auto& fact : facts) {
        if (found == known.end() ||
            std::ranges::find(found->second, fact.key, &release::SigningKeyFact::key) ==
                found->second.end())
          problems.push_back(
              fmt::format("the key {} is none that you know of {}", to_hex(fact.key), party));
      }
    }
    return {};
  }

  Result<void> check_outcome(json::Value record, const Document& read) {
    id = read.opening.record.id;
    records = read.one.records.size() + 1;
    const auto now = TRY(procedure::fold(read.pack, read.one, shipped_places(), read.as_of_ms));
    outcome = now.outcome;
    since_ms = now.since_ms;
    not_counted =
        static_cast<size_t>(std::ranges::count_if(now.judged, [](const procedure::Judged& one) {
          return one.verdict != procedure::Verdict::kCounted;
        }));
    if (text_in(record, "id") != id) problems.push_back("it is of another procedure");
    if (text_in(record, "outcome") != outcome)
      problems.push_back(fmt::format("it says {}, but from its records follows: {}",
                                     text_in(record, "outcome"),
                                     outcome.empty() ? "nothing yet" : outcome));
    if (instant_of(record, "since") != since_ms)
      problems.push_back("the instant of the outcome is another");
    if (procedure::Packs::text_of(read.pack.name) != text_in(record, "pack_text"))
      problems.push_back("its rule pack is not the one of that name that this program knows");
    return {};
  }
};

}  // namespace

std::string verify_outcome(std::string_view text, std::string_view trusted, bool* is_ok) {
  Verifier found;
  if (const auto done = found.verify(text, trusted); !done)
    found.problems.push_back(done.error().detail);
  *is_ok = found.problems.empty();
  std::string list;
  for (const std::string& one : found.problems) list += (list.empty() ? "" : ",") + json_quote(one);
  return fmt::format(
      R"({{"ok":{},"id":{},"outcome":{},"since":{},"records":{},"not_counted":{},"issued_by":{},"keys":[{}],"problems":[{}]}})",
      *is_ok, json_quote(found.id), found.outcome.empty() ? "null" : json_quote(found.outcome),
      found.since_ms ? "\"" + format_time_ms(*found.since_ms) + "\"" : "null", found.records,
      found.not_counted, json_quote(found.issuer), found.keys, list);
}

namespace {

// "2" before "10": runs of digits by their value, the rest byte by byte.
bool precedes_as_clause(std::string_view a, std::string_view b) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool otherwise = a < b;  // "01" and "1"
  while (!a.empty() && !b.empty()) {
    if (is_digit(a[0]) && is_digit(b[0])) {
      const auto run = [&](std::string_view& text) {
        size_t zeros = 0, end = 0;
        while (zeros < text.size() && text[zeros] == '0') ++zeros;
        end = zeros;
        while (end < text.size() && is_digit(text[end])) ++end;
        const std::string_view digits = text.substr(zeros, end - zeros);
        text.remove_prefix(end);
        return digits;
      };
      const std::string_view x = run(a), y = run(b);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      continue;
    }
    if (a[0] != b[0]) return a[0] < b[0];
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.empty() && b.empty() ? otherwise : a.size() < b.size();
}

}  // namespace

std::string comments_json(const File& file) {
  static const std::set<std::string_view> kDispositions{"accept", "accept-in-part", "reject",
                                                        "note"};
  std::vector<const procedure::Judged*> comments;
  std::map<std::string_view, const procedure::Record*> disposed;  // the last that counts
  for (const procedure::Judged& one : file.now.judged) {
    if (one.record->act.starts_with("comment")) comments.push_back(&one);
    if (one.verdict == procedure::Verdict::kCounted && kDispositions.contains(one.record->act))
      disposed[one.record->target] = one.record;
  }
  std::ranges::stable_sort(comments, [](const procedure::Judged* a, const procedure::Judged* b) {
    const procedure::Record &x = *a->record, &y = *b->record;
    return x.clause != y.clause ? precedes_as_clause(x.clause, y.clause) : x.party < y.party;
  });
  std::string out;
  for (const procedure::Judged* one : comments) {
    const procedure::Record& record = *one->record;
    const auto found = disposed.find(record.id);
    const bool is_disposed = found != disposed.end();
    out += fmt::format(
        R"({}{{"clause":{},"party":{},"at":"{}","verdict":"{}","reason":{},"text":{},"about":{},"record":{},"disposition":{},"disposition_reason":{}}})",
        out.empty() ? "" : ",", json_quote(record.clause), json_quote(record.party),
        format_time_ms(record.at_ms), procedure::name_of(one->verdict), json_quote(record.reason),
        json_quote(record.text), json_quote(record.about), json_quote(record.id),
        is_disposed ? json_quote(found->second->act) : "null",
        is_disposed ? json_quote(found->second->reason) : "null");
  }
  return "{\"comments\":[" + out + "]}";
}

}  // namespace entente::desk
