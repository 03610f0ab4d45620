// A party's buyers are identities that it submitted itself with the role `screened-buyer`. What was found of each is
// an object of the party, `name-screening`, of which every change of the answer is a new version: so the earlier
// answer is there to be compared with, after a restart as before it.
//
// An answer is another if an entity came or went, or if a score moved by kScoreMoved: frequencies change with every
// object of the world, and with them the last digits of all scores.
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "base/text.h"
#include "desk/supervision/limits.h"
#include "desk/supervision/objects.h"
#include "desk/supervision/screener.h"
#include "desk/supervision/supervision.h"
#include "desk/supervision/writing.h"

namespace entente::supervision {
namespace {

constexpr double kScoreMoved = 0.05;
constexpr double kThresholdDefault = 0.5;

using Scores = std::map<std::string, double>;  // by entity

// What an earlier screening said.
struct Said {
  Scores scores;
  double threshold = kThresholdDefault;
};

Said read_said(const Before& before) {
  Said out;
  json::Parser parser;
  json::Document document;
  if (!before.is_there ||
      !parser.parse(std::string_view(before.text).substr(0, before.size), &document))
    return out;
  const json::Value root = document.root();
  const auto threshold = root.find("threshold"), matches = root.find("matches");
  if (threshold) out.threshold = threshold->number().value_or(kThresholdDefault);
  if (!matches) return out;
  for (const json::Value one : matches->elements()) {
    const auto score = one.find("score");
    out.scores[text_of(one, "entity_ref")] = score ? score->number().value_or(0) : 0;
  }
  return out;
}

struct Difference {
  std::vector<std::string> came, went, moved;
  bool is_any() const { return !came.empty() || !went.empty() || !moved.empty(); }
};

Difference difference(const Scores& then, const Scores& now) {
  Difference out;
  for (const auto& [entity, score] : now) {
    const auto known = then.find(entity);
    if (known == then.end()) {
      out.came.push_back(entity);
    } else if (std::abs(known->second - score) >= kScoreMoved) {
      out.moved.push_back(entity);
    }
  }
  for (const auto& [entity, score] : then) {
    if (!now.contains(entity)) out.went.push_back(entity);
  }
  return out;
}

std::string json_of(const Difference& one) {
  return fmt::format(R"("came":{},"went":{},"moved":{})", quoted_list(one.came),
                     quoted_list(one.went), quoted_list(one.moved));
}

struct Screened {
  std::string buyer, name, id;
  Before before;
  Said said;
  std::vector<Hit> hits;
  Difference change;
};

std::string object_of(const Screened& one, std::string_view identity, const std::string& modified) {
  std::string matches;
  for (const Hit& hit : one.hits)
    matches += fmt::format(R"({}{{"entity_ref":"{}","score":{}}})", matches.empty() ? "" : ",",
                           hit.entity, hit.match.score);
  return fmt::format(
      R"({{"type":"{}","spec_version":"2.1","id":"{}","created_by_ref":"{}","created":"{}","modified":"{}","party_ref":"{}","threshold":{},"matches":[{}],{},"extensions":{{"{}":{{"extension_type":"new-sdo"}}}}}})",
      kScreeningType, one.id, identity, one.before.is_there ? one.before.created : modified,
      modified, one.buyer, one.said.threshold, matches, json_of(one.change), kSupervisionExtension);
}

std::string told(const Screened& one, const names::NameList& list) {
  std::string matches;
  for (const Hit& hit : one.hits)
    matches +=
        fmt::format(R"({}{{"entity":"{}","score":{},"name":{}}})", matches.empty() ? "" : ",",
                    hit.entity, hit.match.score, json_quote(list.name_text(hit.match.name)));
  return fmt::format(R"({{"buyer":"{}","name":{},"screening":"{}","matches":[{}],{}}})", one.buyer,
                     json_quote(one.name), one.id, matches, json_of(one.change));
}

}  // namespace

Result<std::string> Supervision::rescreen(const exchange::Principal& who, const Parameters& find) {
  const bool is_dry = TRY(flag_of(find, "dry_run"));
  if (!is_dry) {
    TRY(check_may_write(who));
  } else if (!who.restriction.is_none()) {
    return fail(Code::kForbidden, "this key is narrower than its party, whose buyers these are");
  }
  const double threshold = TRY(number_of(find, "threshold", -1, 0, 1));
  const exchange::View view = node_.view(who);
  const auto names = TRY(this->names(view));
  const auto decisions = TRY(this->decisions(view));
  const release::Party& party = *view.state().directory->party(who.party);
  Screener screener(*names, *decisions);
  std::string lines, changed;
  uint64_t changes = 0;
  std::vector<store::Position> buyers = names->buyers();
  std::erase_if(buyers, [&](store::Position position) {
    return view.entry(position).submitter != who.party;
  });
  if (buyers.size() > limits::kBuyersMax)
    return fail(Code::kTooLarge, fmt::format("more than {} buyers", limits::kBuyersMax));
  for (const store::Position position : buyers) {
    Screened one;
    const Asked asked = asked_about(entity_at(view, position));
    one.buyer = asked.subject;
    one.name = asked.query.names.front().text;
    one.id = made_id(kScreeningType, party.code + "\n" + one.buyer);
    one.before = find_before(view, one.id);
    if (one.before.is_revoked) continue;  // the party has said that this one is over
    one.said = read_said(one.before);
    const bool is_other_threshold = threshold >= 0 && one.said.threshold != threshold;
    if (is_other_threshold) one.said.threshold = threshold;
    one.hits = screener.find(asked, {names::kMatchesDefault, one.said.threshold}, false);
    Scores now;
    for (const Hit& hit : one.hits) now[hit.entity] = hit.match.score;
    one.change = difference(one.said.scores, now);
    // A new threshold is kept too, though the answer may be the same.
    if (one.before.is_there && !one.change.is_any() && !is_other_threshold) continue;
    ++changes;
    if (changes <= limits::kToldMax)
      changed += (changed.empty() ? "" : ",") + told(one, names->list());
    lines += object_of(one, party.identity, next_modified(view, one.before)) + "\n";
  }
  if (!is_dry && !lines.empty()) TRY(record(node_, random_, who, release::kNoCollection, lines));
  return fmt::format(R"({{"buyers":{},"changes":{},"recorded":{},"changed":[{}]}})", buyers.size(),
                     changes, !is_dry, changed);
}

}  // namespace entente::supervision
