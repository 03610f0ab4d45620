// Members stand in a fixed order; lists are sorted by what they show, never by arrival.
#include "desk/views.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "json/json.h"
#include "stix/stix.h"

namespace entente::desk {
namespace {

std::string list_json(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json_quote(text);
  return out + "]";
}

std::string instant_json(const std::optional<int64_t>& ms) {
  return ms ? "\"" + format_time_ms(*ms) + "\"" : std::string("null");
}

std::string outcome_json(const File& file) {
  return file.now.outcome.empty() ? std::string("null") : json_quote(file.now.outcome);
}

// Local times of an instant where the parties of a case are, as far as calendars are known of them.
std::string local_json(const File& file, const procedure::Places& places, int64_t at_ms) {
  std::string out;
  for (const std::string& code : file.now.parties) {
    const procedure::Calendar* calendar = places.calendars->find(code);
    const auto zone = calendar == nullptr
                          ? Result<const procedure::TimeZone*>(fail(Code::kNotFound, ""))
                          : places.zones->find(calendar->zone());
    if (zone)
      out += (out.empty() ? "" : ",") + json_quote(code) + ":" + json_quote((*zone)->format(at_ms));
  }
  return "{" + out + "}";
}

std::string_view name_of(procedure::ClockStatus status) {
  switch (status) {
    case procedure::ClockStatus::kIdle:
      return "idle";
    case procedure::ClockStatus::kRunning:
      return "running";
    case procedure::ClockStatus::kStopped:
      return "stopped";
    case procedure::ClockStatus::kEnded:
      return "ended";
  }
  return {};
}

std::string clock_json(const File& file, const procedure::Places& places,
                       const procedure::ClockView& clock, const procedure::Place& place) {
  const procedure::ClockRule& rule = file.pack->clocks[clock.clock];
  std::string stops, extensions;
  for (const procedure::Stop& stop : clock.run.stops) {
    stops += fmt::format(R"({}{{"from":"{}","until":{},"reason":{}}})", stops.empty() ? "" : ",",
                         format_time_ms(stop.from_ms), instant_json(stop.until_ms),
                         json_quote(stop.reason));
  }
  for (const procedure::Extension& extension : clock.run.extensions) {
    const std::string by = extension.by.count == 0
                               ? std::string("null")
                               : json_quote(fmt::format("{} {}", extension.by.count,
                                                        procedure::name_of(extension.by.unit)));
    extensions += fmt::format(R"({}{{"by":{},"reason":{}}})", extensions.empty() ? "" : ",", by,
                              json_quote(extension.reason));
  }
  const std::string start =
      instant_json(clock.has_started ? std::optional(clock.run.start_ms) : std::nullopt);
  std::string out =
      fmt::format(R"({{"name":{},"status":"{}","start":{},"stops":[{}],"extensions":[{}],"end":{})",
                  json_quote(rule.name), name_of(clock.status), start, stops, extensions,
                  instant_json(clock.end_ms));
  if (!clock.party.empty()) out += ",\"against\":" + json_quote(clock.party);
  if (clock.end_ms) {
    out += ",\"end_local\":" + json_quote(place.zone->format(*clock.end_ms));
    out += ",\"end_by_party\":" + local_json(file, places, *clock.end_ms);
  }
  out += ",\"clause\":" + json_quote(rule.clause.text);
  out += fmt::format(R"(,"unverified":{}}})", rule.clause.is_unverified);
  return out;
}

std::string parties_json(const File& file) {
  std::map<std::string, std::vector<std::string>> roles_of;
  for (const procedure::Role& role : file.pack->roles) {
    std::vector<std::string> codes;
    if (role.kind == procedure::Role::Kind::kOpener) codes = {file.one.opening.party};
    if (role.kind == procedure::Role::Kind::kFormat && !file.one.roster.spans().empty())
      codes = file.one.roster.spans().back().second;
    if (role.kind == procedure::Role::Kind::kNamed) {
      const auto found = file.one.roles.find(role.name);
      if (found != file.one.roles.end()) codes = found->second;
    }
    for (const std::string& code : codes) roles_of[code].push_back(role.name);
  }
  std::string out;
  for (const auto& [code, roles] : roles_of)
    out += fmt::format(R"({}{{"code":{},"roles":{}}})", out.empty() ? "" : ",", json_quote(code),
                       list_json(roles));
  return "[" + out + "]";
}

// The members that every view of a procedure has, without the closing brace.
std::string head_json(const File& file, const procedure::Places& places) {
  const auto place = procedure::place_of(*file.pack, file.one, places);
  std::string clocks;
  for (const procedure::ClockView& clock : file.now.clocks) {
    if (place) clocks += (clocks.empty() ? "" : ",") + clock_json(file, places, clock, *place);
  }
  return fmt::format(
      R"({{"id":{},"pack":{},"pack_version":{},"title":{},"opened":"{}","opened_by":{},"format":{},"parties":{},"phase":{},"since":"{}","outcome":{},"received":{},"clocks":[{}])",
      json_quote(file.opening.record.id), json_quote(file.pack->name),
      json_quote(file.pack->version), json_quote(file.opening.title),
      format_time_ms(file.one.opening.at_ms), json_quote(file.one.opening.party),
      list_json(file.opening.format), parties_json(file),
      json_quote(file.pack->states[file.now.state].name), format_time_ms(file.now.since_ms),
      outcome_json(file), list_json(file.now.received()), clocks);
}

}  // namespace

std::string silence_json(const File& file) {
  const procedure::ClockView* silence = file.now.clock(file.pack->clock("silence"));
  const std::optional<int64_t> closes =
      silence == nullptr ? file.one.opening.until_ms : silence->end_ms;
  std::vector<std::string> broken_by = file.now.did("break");
  std::ranges::sort(broken_by);
  return fmt::format(
      R"({{"state":{},"closes":{},"received":{},"broken_by":{},"outcome":{},"id":{},"title":{},"opened_by":{},"format":{},"text_version":{},"text":{}}})",
      json_quote(file.pack->states[file.now.state].name), instant_json(closes),
      list_json(file.now.received()), list_json(broken_by), outcome_json(file),
      json_quote(file.opening.record.id), json_quote(file.opening.title),
      json_quote(file.one.opening.party), list_json(file.opening.format), file.now.text_version,
      json_quote(text_of(file)));
}

const std::string& text_of(const File& file) {
  for (const procedure::Record& record : file.one.records) {
    if (record.id == file.now.text_id) return record.text;
  }
  return file.one.opening.text;
}

std::string case_json(const File& file, const procedure::Places& places) {
  std::string out = head_json(file, places);
  if (!file.opening.filing.empty()) out += ",\"filing\":" + file.opening.filing;
  return out + "}";
}

std::string procedure_json(const File& file, const procedure::Places& places) {
  std::string acts, transitions;
  for (const procedure::Judged& one : file.now.judged) {
    acts += fmt::format(
        R"({}{{"record":{},"act":{},"party":{},"at":"{}","verdict":"{}","reason":{}}})",
        acts.empty() ? "" : ",", json_quote(one.record->id), json_quote(one.record->act),
        json_quote(one.record->party), format_time_ms(one.record->at_ms),
        procedure::name_of(one.verdict), json_quote(one.record->reason));
  }
  for (const procedure::Transition& one : file.now.transitions) {
    const std::string by =
        one.clock == procedure::kNoIndex ? one.by : file.pack->clocks[one.clock].name;
    transitions += fmt::format(
        R"({}{{"at":"{}","from":{},"to":{},"by":{},"clause":{}}})", transitions.empty() ? "" : ",",
        format_time_ms(one.at_ms), json_quote(file.pack->states[one.from].name),
        json_quote(file.pack->states[one.to].name), json_quote(by), json_quote(one.clause->text));
  }
  return head_json(file, places) + ",\"acts\":[" + acts + "],\"transitions\":[" + transitions +
         "]}";
}

std::string todo_json(const Docket& docket) {
  struct Item {
    std::optional<int64_t> by_ms;
    std::string id, act;
    std::vector<std::string> from;
  };
  std::vector<Item> due, waiting;
  for (const auto& file : docket.all()) {
    const std::string& id = file->opening.record.id;
    if (const auto one =
            procedure::due_of(*file->pack, file->one, file->now, docket.code(), docket.now_ms()))
      due.push_back({one->by_ms, id, file->pack->acts[one->act].name, {}});
    for (auto& one :
         procedure::waiting_of(*file->pack, file->one, file->now, docket.code(), docket.now_ms()))
      waiting.push_back({one.by_ms, id, file->pack->acts[one.act].name, std::move(one.from)});
  }
  const auto print = [&](std::vector<Item>& items, bool with_from) {
    std::ranges::stable_sort(items, {}, [](const Item& item) {
      return std::pair(item.by_ms.value_or(INT64_MAX), item.id);
    });
    std::string out;
    for (const Item& item : items) {
      out += fmt::format(R"({}{{"id":{},"act":{})", out.empty() ? "" : ",", json_quote(item.id),
                         json_quote(item.act));
      if (with_from) out += ",\"from\":" + list_json(item.from);
      out += fmt::format(R"(,"by":{},"left_s":{}}})", instant_json(item.by_ms),
                         item.by_ms ? fmt::format("{}", (*item.by_ms - docket.now_ms()) / 1000)
                                    : std::string("null"));
    }
    return out;
  };
  const std::string dues = print(due, false);
  return "{\"due\":[" + dues + "],\"waiting\":[" + print(waiting, true) + "]}";
}

std::string procedures_json(const Docket& docket) {
  std::string out;
  for (const auto& file : docket.all()) {
    out += fmt::format(
        R"({}{{"id":{},"pack":{},"title":{},"state":{},"outcome":{},"opened":"{}","opened_by":{}}})",
        out.empty() ? "" : ",", json_quote(file->opening.record.id), json_quote(file->pack->name),
        json_quote(file->opening.title), json_quote(file->pack->states[file->now.state].name),
        outcome_json(*file), format_time_ms(file->one.opening.at_ms),
        json_quote(file->one.opening.party));
  }
  return "[" + out + "]";
}

std::string packs_json() {
  std::string out;
  for (const auto& [name, pack] : procedure::Packs::shipped().all()) {
    const bool is_open = pack.valid_until.number == INT32_MAX;
    out += fmt::format(
        R"({}{{"name":{},"version":{},"title":{},"from":"{}","until":{},"unverified":{}}})",
        out.empty() ? "" : ",", json_quote(name), json_quote(pack.version), json_quote(pack.title),
        procedure::format_day(pack.valid_from),
        is_open ? std::string("null") : json_quote(procedure::format_day(pack.valid_until)),
        pack.unverified().size());
  }
  return "[" + out + "]";
}

Result<void> take_members(procedure::Record* record) {
  if (!record->text.starts_with('{')) return {};
  const std::string text = json::padded(record->text);
  json::Parser parser;
  json::Document document;
  if (!parser.parse(std::string_view(text).substr(0, record->text.size()), &document)) return {};
  const json::Value root = document.root();
  for (const json::Member member : root.members()) {
    const bool is_ours =
        member.key.text_is("reason") || member.key.text_is("text") || member.key.text_is("until");
    if (!is_ours || !member.value.is_string()) return {};
  }
  record->text.clear();
  if (const auto value = root.find("text")) record->text = value->text();
  if (const auto value = root.find("reason"); value && record->reason.empty())
    record->reason = value->text();
  if (const auto value = root.find("until"); value && !record->until_ms) {
    const std::string written = value->text();
    const auto at = stix::parse_timestamp(written);
    if (!at) return fail(Code::kInvalid, "until is no instant such as 2026-03-02T17:00:00Z");
    record->until_ms = at->ns / 1'000'000;
  }
  return {};
}

}  // namespace entente::desk
