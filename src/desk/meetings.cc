// Views of meetings and commitments: read off the acts that counted, in order of their instants. What a reader may not see
// is no act of its world, so that its points are numbered without gaps.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "desk/views.h"

namespace entente::desk {
namespace {

std::vector<const procedure::Record*> counted(const File& file, std::string_view act) {
  std::vector<const procedure::Record*> out;
  for (const procedure::Judged& one : file.now.judged) {
    if (one.verdict == procedure::Verdict::kCounted && one.record->act == act)
      out.push_back(one.record);
  }
  return out;
}

std::string until_json(const std::optional<int64_t>& ms) {
  return ms ? "\"" + format_time_ms(*ms) + "\"" : std::string("null");
}

std::string said_json(const procedure::Record& record) {
  return fmt::format(R"("record":{},"by":{},"at":"{}","text":{})", json_quote(record.id),
                     json_quote(record.party), format_time_ms(record.at_ms),
                     json_quote(record.text));
}

std::string list_of(const File& file, std::string_view act) {
  std::string out;
  for (const procedure::Record* one : counted(file, act))
    out += (out.empty() ? "{" : ",{") + said_json(*one) + "}";
  return "[" + out + "]";
}

std::optional<int64_t> end_of_clock(const File& file, std::string_view name) {
  const procedure::ClockView* clock = file.now.clock(file.pack->clock(name));
  return clock == nullptr ? std::nullopt : clock->end_ms;
}

std::string attendance_json(const File& file) {
  std::map<std::string, bool> comes;
  for (const procedure::Judged& one : file.now.judged) {
    const std::string& act = one.record->act;
    if (one.verdict == procedure::Verdict::kCounted && (act == "attend" || act == "regret"))
      comes[one.record->party] = act == "attend";
  }
  std::string out;
  for (const auto& [party, does] : comes)
    out += fmt::format(R"({}{{"party":{},"comes":{}}})", out.empty() ? "" : ",", json_quote(party),
                       does);
  return "[" + out + "]";
}

std::string actions_json(const File& file) {
  std::map<std::string, const procedure::Record*> done;
  for (const procedure::Record* one : counted(file, "done")) done.emplace(one->target, one);
  std::string out;
  for (const procedure::Record* one : counted(file, "action")) {
    const auto found = done.find(one->id);
    out += fmt::format(
        R"({}{{{},"until":{},"done":{},"done_by":{}}})", out.empty() ? "" : ",", said_json(*one),
        until_json(one->until_ms),
        found == done.end() ? "null" : "\"" + format_time_ms(found->second->at_ms) + "\"",
        found == done.end() ? "null" : json_quote(found->second->party));
  }
  return "[" + out + "]";
}

}  // namespace

std::string meeting_json(const File& file) {
  std::string agenda;
  size_t point = 0;
  for (const procedure::Record* one : counted(file, "point"))
    agenda +=
        fmt::format(R"({}{{"point":{},{}}})", agenda.empty() ? "" : ",", ++point, said_json(*one));
  return fmt::format(
      R"({{"id":{},"title":{},"begins":{},"state":{},"invitation":{},"agenda":[{}],"documents":{},"attendance":{},"decisions":{},"actions":{}}})",
      json_quote(file.opening.record.id), json_quote(file.opening.title),
      until_json(end_of_clock(file, "begin")), json_quote(file.pack->states[file.now.state].name),
      json_quote(text_of(file)), agenda, list_of(file, "document"), attendance_json(file),
      list_of(file, "decide"), actions_json(file));
}

std::string commitment_json(const File& file) {
  std::map<std::string, std::vector<const procedure::Record*>> said;
  for (const procedure::Judged& one : file.now.judged) {
    const std::string& act = one.record->act;
    if (one.verdict == procedure::Verdict::kCounted &&
        (act == "met" || act == "partly-met" || act == "not-met"))
      said[one.record->party].push_back(one.record);
  }
  std::set<std::string> members;
  if (!file.one.roster.spans().empty())
    members.insert(file.one.roster.spans().back().second.begin(),
                   file.one.roster.spans().back().second.end());
  for (const auto& [party, acts] : said) members.insert(party);
  const bool is_over = file.pack->states[file.now.state].name == "overdue";
  std::string out;
  for (const std::string& party : members) {
    // Of the requirement as it is now; what was said of an earlier text is the progress before.
    const procedure::Record* current = nullptr;
    std::string before;
    const auto found = said.find(party);
    const size_t count = found == said.end() ? 0 : found->second.size();
    if (count > 0 && found->second.back()->about == file.now.text_id)
      current = found->second.back();
    for (size_t i = 0; i < count - (current == nullptr ? 0 : 1); ++i) {
      const procedure::Record& one = *found->second[i];
      before +=
          fmt::format(R"({}{{"assessment":{},"reason":{},"at":"{}"}})", before.empty() ? "" : ",",
                      json_quote(one.act), json_quote(one.reason), format_time_ms(one.at_ms));
    }
    out += fmt::format(
        R"({}{{"party":{},"assessment":{},"reason":{},"at":{},"overdue":{},"before":[{}]}})",
        out.empty() ? "" : ",", json_quote(party),
        current == nullptr ? "null" : json_quote(current->act),
        current == nullptr ? "null" : json_quote(current->reason),
        current == nullptr ? "null" : "\"" + format_time_ms(current->at_ms) + "\"",
        current == nullptr && is_over, before);
  }
  return fmt::format(R"({{"id":{},"requirement":{},"until":{},"members":[{}]}})",
                     json_quote(file.opening.record.id), json_quote(text_of(file)),
                     until_json(end_of_clock(file, "assessment")), out);
}

}  // namespace entente::desk
