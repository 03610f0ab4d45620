// A revoked object has no further versions [stix21 3.2]: who decides again after an undoing does so in an object of
// the next ordinal.
#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "desk/supervision/decisions.h"
#include "desk/supervision/limits.h"
#include "desk/supervision/objects.h"
#include "desk/supervision/supervision.h"
#include "desk/supervision/writing.h"
#include "stix/stix.h"

namespace entente::supervision {
namespace {

struct AskedDecision {
  Pair parties;
  std::optional<Verdict> verdict;  // none: undo
  std::string reason;
};

Result<AskedDecision> read_decision(std::string_view body) {
  const std::string text = json::padded(body);
  json::Parser parser;
  json::Document document;
  const auto parsed = parser.parse(std::string_view(text).substr(0, body.size()), &document);
  if (!parsed) return fail(Code::kInvalid, "the body is not JSON: " + parsed.error().detail);
  const json::Value root = document.root();
  std::vector<std::string> ids;
  if (const auto parties = root.find("parties")) {
    for (const json::Value one : parties->elements())
      ids.push_back(one.is_string() ? one.text() : std::string());
  }
  const bool are_two = ids.size() == 2 && ids[0] != ids[1] && stix::is_identifier(ids[0]) &&
                       stix::is_identifier(ids[1]);
  if (!are_two) return fail(Code::kInvalid, "parties is a list of two ids");
  AskedDecision out;
  out.parties = pair_of(ids[0], ids[1]);
  out.reason = text_of(root, "reason");
  if (out.reason.size() > limits::kReasonBytesMax)
    return fail(Code::kTooLarge,
                fmt::format("a reason has up to {} bytes", limits::kReasonBytesMax));
  const std::string word = text_of(root, "decision");
  out.verdict = verdict_from(word);
  if (!out.verdict && word != "undo")
    return fail(Code::kInvalid, "decision is same, not-same, unsure or undo");
  return out;
}

std::string object_of(const AskedDecision& asked, std::string_view id, std::string_view identity,
                      std::string_view created, std::string_view modified, Verdict verdict,
                      const std::vector<std::string>& markings) {
  std::string out = fmt::format(
      R"({{"type":"{}","spec_version":"2.1","id":"{}","created_by_ref":"{}","created":"{}","modified":"{}")",
      kDecisionType, id, identity, created, modified);
  if (!asked.verdict) out += R"(,"revoked":true)";
  if (!markings.empty()) out += ",\"object_marking_refs\":" + quoted_list(markings);
  out += fmt::format(R"(,"party_refs":["{}","{}"],"decision":"{}")", asked.parties.first,
                     asked.parties.second, name_of(verdict));
  if (!asked.reason.empty()) out += ",\"reason\":" + json_quote(asked.reason);
  return out + fmt::format(R"(,"extensions":{{"{}":{{"extension_type":"new-sdo"}}}}}})",
                           kSupervisionExtension);
}

}  // namespace

Result<std::string> Supervision::decide(const exchange::Principal& who, std::string_view body,
                                        const Parameters& find) {
  TRY(check_may_write(who));
  const AskedDecision asked = TRY(read_decision(body));
  const WritingParameters how = TRY(writing_parameters(node_.view(who), find));
  const exchange::View view = node_.view(who);
  const release::Party& party = *view.state().directory->party(who.party);
  std::string id;
  Before before;
  for (uint32_t ordinal = 0; ordinal < limits::kDecisionsOfPairMax; ++ordinal) {
    id = decision_id(party.code, asked.parties, ordinal);
    before = find_before(view, id);
    if (!before.is_revoked) break;
  }
  if (before.is_revoked) return fail(Code::kTooLarge, "decided and undone too often");
  Verdict verdict = asked.verdict.value_or(Verdict::kUnsure);
  if (!asked.verdict) {
    if (!before.is_there)
      return fail(Code::kNotFound, "there is no decision of yours about these two");
    json::Parser parser;
    json::Document document;
    if (parser.parse(std::string_view(before.text).substr(0, before.size), &document))
      verdict = verdict_from(text_of(document.root(), "decision")).value_or(verdict);
  }
  const std::string modified = next_modified(view, before);
  const std::string object =
      object_of(asked, id, party.identity, before.is_there ? before.created : modified, modified,
                verdict, how.markings ? *how.markings : before.markings);
  if (!how.is_dry) TRY(record(node_, random_, who, how.collection, object + "\n"));
  return fmt::format(R"({{"id":"{}","modified":"{}","parties":["{}","{}"],"decision":{}}})", id,
                     modified, asked.parties.first, asked.parties.second,
                     asked.verdict ? json_quote(name_of(*asked.verdict)) : "null");
}

Result<std::string> Supervision::cluster(const exchange::Principal& who, std::string_view id) {
  const exchange::View view = node_.view(who);
  const auto decisions = TRY(this->decisions(view));
  const std::vector<std::string> members = decisions->cluster(id);
  exchange::Query query;
  query.ids = {std::string(id)};
  const bool is_known = members.size() > 1 || !decisions->counterparts(id).empty() ||
                        !view.page(query).positions.empty();
  if (!is_known) return fail(Code::kNotFound, fmt::format("no object {}", id));
  std::string list, about;
  for (const std::string& member : members) {
    list += (list.empty() ? "" : ",") + json_quote(member);
    for (const std::string& other : decisions->counterparts(member)) {
      const Pair pair = pair_of(member, other);
      // Of two members once.
      if (other < member && std::ranges::binary_search(members, other)) continue;
      bool differ = false;
      const auto verdict = decisions->verdict(pair, &differ);
      std::string each;
      for (const Decision* one : decisions->about(pair))
        each += (each.empty() ? "" : ",") + to_json(*one);
      about += fmt::format(
          R"({}{{"parties":["{}","{}"],"counts":"{}","differ":{},"decisions":[{}]}})",
          about.empty() ? "" : ",", pair.first, pair.second, name_of(*verdict), differ, each);
    }
  }
  return fmt::format(R"({{"of":{},"members":[{}],"pairs":[{}]}})", json_quote(id), list, about);
}

}  // namespace entente::supervision
