// Histories in words, for people: one line an act.
#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "history.h"

namespace entente::law {
namespace {

std::string joined(const std::vector<std::string>& codes) {
  std::string out;
  for (const std::string& code : codes) out += (out.empty() ? "" : " ") + code;
  return out;
}

std::string date(int64_t ms) {
  if (ms == INT64_MIN || ms == INT64_MAX) return "ever";
  return fmt::format("{:+}", ms - kStartMs);
}

std::string describe(const Narrowing& narrowing) {
  std::string out;
  if (!narrowing.collections.empty()) {
    out += fmt::format(" expert in [{}]",
                       joined({narrowing.collections.begin(), narrowing.collections.end()}));
  }
  if (narrowing.clearance) {
    const auto& categories = narrowing.clearance->categories;
    out += fmt::format(" expert for {} [{}]", kPolicyLevels[narrowing.clearance->level],
                       joined({categories.begin(), categories.end()}));
  }
  return out;
}

}  // namespace

std::string describe(const Act& act) {
  const std::string who =
      fmt::format("{}/{}", act.party, act.role == Role::kReader ? "reader" : "contributor");
  std::string line = fmt::format("{:>12}  ", date(act.at_ms));
  switch (act.kind) {
    case Kind::kParty:
      return line + "party " + act.code + " " + act.identity + describe(act.narrowing);
    case Kind::kExpertKey:
      return line + "a key for the expert of " + act.code;
    case Kind::kGroup:
      return line + "group " + act.code + (act.is_retroactive ? " retroactive" : "");
    case Kind::kRetroactive:
      return line + act.group + (act.is_retroactive ? " becomes" : " is no more") + " retroactive";
    case Kind::kPolicy:
      return line + "policy";
    case Kind::kClearance:
      return line +
             fmt::format("{} is cleared for {} [{}] from {} until {}", act.code,
                         kPolicyLevels[act.clearance.level],
                         joined({act.clearance.categories.begin(), act.clearance.categories.end()}),
                         date(act.from_ms), date(act.until_ms));
    case Kind::kEndClearance:
      return line + fmt::format("{} is not cleared any more from {}", act.code, date(act.until_ms));
    case Kind::kAuthority:
      return line + fmt::format("{} counts for '{}' {}", act.code, act.object_id, act.body);
    case Kind::kEndAuthority:
      return line + fmt::format("{} does not count any more for '{}'", act.code, act.object_id);
    case Kind::kMember:
      return line + fmt::format("{} joins {} from {} until {}", act.code, act.group,
                                date(act.from_ms), date(act.until_ms));
    case Kind::kEndMember:
      return line + fmt::format("{} leaves {} at {}", act.code, act.group, date(act.until_ms));
    case Kind::kCollection:
      return line + fmt::format("collection {} {} read [{}] write [{}] default {}", act.alias,
                                act.uuid, joined(act.read), joined(act.write),
                                act.default_level.value_or(-1));
    case Kind::kRecall:
      return line + who + " recalls " + act.object_id;
    case Kind::kRelease:
      return line + fmt::format("{} {} {} to [{}]", who, act.widens ? "opens" : "narrows",
                                act.object_id, joined(act.read));
    case Kind::kRestart:
      return line + "restart";
    case Kind::kRevokeKey:
      return line + who + " loses its key";
    case Kind::kDelete:
      return line + fmt::format("{} deletes {} from {} version '{}' spec '{}'", who, act.object_id,
                                act.collection, act.version, act.spec_version);
    case Kind::kBroken:
      return line + fmt::format("{} sends '{}' as '{}' to {} {}", who, act.body, act.content_type,
                                act.is_import ? "import" : "post", act.collection);
    case Kind::kPost:
    case Kind::kImport:
      break;
  }
  if (act.together != 0) line += fmt::format("(batch {}) ", act.together);
  line += fmt::format("{} {} into '{}'{}{} form {}", who,
                      act.kind == Kind::kPost ? "posts" : "imports", act.collection,
                      act.is_strict ? " strict" : "", act.is_dry ? " dry" : "", act.form);
  for (const Object& object : act.objects) line += "\n                " + object.text;
  return line;
}

std::string describe(const History& history) {
  std::string out = fmt::format("history of seed {}, {} acts\n", history.seed, history.acts.size());
  size_t moment = 0;
  const auto moments = [&](size_t done) {
    for (; moment < history.moments.size() && history.moments[moment].after <= done; ++moment) {
      out += fmt::format("{:>12}  readers ask (moment {})\n", date(history.moments[moment].at_ms),
                         moment);
    }
  };
  moments(0);
  for (size_t i = 0; i < history.acts.size(); ++i) {
    out += describe(history.acts[i]) + "\n";
    moments(i + 1);
  }
  return out;
}

}  // namespace entente::law
