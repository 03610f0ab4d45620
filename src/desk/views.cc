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
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    out += json_quote(text);
  }
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

const std::string& text_of(const File& file) {
  for (const procedure::Record* record : file.one.all()) {
    if (record->id == file.now.text_id) return record->text;
  }
  return file.one.opening.text;
}

namespace {

// What only a case has.
std::string case_members(const Docket& docket, const File& file) {
  std::string out = ",\"erase_by\":" + instant_json(erase_from_ms(file));
  out += ",\"attachments\":" + attachments_json(docket, file);
  if (!file.opening.filing.empty()) out += ",\"filing\":" + file.opening.filing;
  return out;
}

}  // namespace

std::string case_json(const Docket& docket, const File& file, const procedure::Places& places) {
  return head_json(file, places) + case_members(docket, file) + "}";
}

namespace {

// What only some acts have.
std::string more_json(const procedure::Record& record) {
  std::string out;
  const std::pair<std::string_view, const std::string*> texts[] = {{"text", &record.text},
                                                                   {"language", &record.language},
                                                                   {"clause", &record.clause},
                                                                   {"on", &record.target}};
  for (const auto& [name, text] : texts) {
    if (!text->empty()) out += fmt::format(R"(,"{}":{})", name, json_quote(*text));
  }
  if (record.until_ms) out += ",\"until\":" + instant_json(record.until_ms);
  if (!record.objects.empty()) out += ",\"objects\":" + list_json(record.objects);
  return out;
}

// Texts in further languages; of the current text those that speak of it.
std::string versions_json(const File& file) {
  std::string out;
  for (const procedure::Judged& one : file.now.judged) {
    const procedure::Record& record = *one.record;
    if (one.verdict != procedure::Verdict::kCounted || record.act != "translate" ||
        record.about != file.now.text_id)
      continue;
    out += fmt::format(R"({}{{"language":{},"record":{},"by":{},"at":"{}","text":{}}})",
                       out.empty() ? "" : ",", json_quote(record.language), json_quote(record.id),
                       json_quote(record.party), format_time_ms(record.at_ms),
                       json_quote(record.text));
  }
  return "[" + out + "]";
}

const std::string& language_of(const File& file) {
  for (const procedure::Record* record : file.one.all()) {
    if (record->id == file.now.text_id && !record->language.empty()) return record->language;
  }
  return file.one.opening.language;
}

}  // namespace

std::string silence_json(const File& file) {
  const procedure::ClockView* silence = file.now.clock(file.pack->clock("silence"));
  const std::optional<int64_t> closes =
      silence == nullptr ? file.one.opening.until_ms : silence->end_ms;
  std::vector<std::string> broken_by = file.now.did("break");
  std::ranges::sort(broken_by);
  return fmt::format(
      R"({{"state":{},"closes":{},"received":{},"broken_by":{},"outcome":{},"id":{},"title":{},"opened_by":{},"format":{},"text_version":{},"text":{},"language":{},"versions":{}}})",
      json_quote(file.pack->states[file.now.state].name), instant_json(closes),
      list_json(file.now.received()), list_json(broken_by), outcome_json(file),
      json_quote(file.opening.record.id), json_quote(file.opening.title),
      json_quote(file.one.opening.party), list_json(file.opening.format), file.now.text_version,
      json_quote(text_of(file)), json_quote(language_of(file)), versions_json(file));
}

std::string procedure_json(const Docket& docket, const File& file,
                           const procedure::Places& places) {
  std::string acts, transitions;
  for (const procedure::Judged& one : file.now.judged) {
    acts += fmt::format(
        R"({}{{"record":{},"act":{},"party":{},"at":"{}","verdict":"{}","reason":{}{}}})",
        acts.empty() ? "" : ",", json_quote(one.record->id), json_quote(one.record->act),
        json_quote(one.record->party), format_time_ms(one.record->at_ms),
        procedure::name_of(one.verdict), json_quote(one.record->reason), more_json(*one.record));
  }
  for (const procedure::Transition& one : file.now.transitions) {
    const std::string by =
        one.clock == procedure::kNoIndex ? one.by : file.pack->clocks[one.clock].name;
    transitions += fmt::format(
        R"({}{{"at":"{}","from":{},"to":{},"by":{},"clause":{}}})", transitions.empty() ? "" : ",",
        format_time_ms(one.at_ms), json_quote(file.pack->states[one.from].name),
        json_quote(file.pack->states[one.to].name), json_quote(by), json_quote(one.clause->text));
  }
  const bool is_case = file.pack->act(kAttachAct) != procedure::kNoIndex;
  std::string own = is_case ? case_members(docket, file) : std::string();
  if (file.pack->name == "meeting") own += ",\"meeting\":" + meeting_json(file);
  if (file.pack->name == "commitment") own += ",\"commitment\":" + commitment_json(file);
  return head_json(file, places) +
         fmt::format(R"(,"text_version":{},"language":{},"text":{},"versions":{})",
                     file.now.text_version, json_quote(language_of(file)),
                     json_quote(text_of(file)), versions_json(file)) +
         own + ",\"acts\":[" + acts + "],\"transitions\":[" + transitions + "]}";
}

namespace {

struct Item {
  std::optional<int64_t> by_ms;
  const File* file = nullptr;
  std::string_view act;
  const std::vector<std::string>* from = nullptr;  // null: it is the party's own
  const std::string& id() const { return file->opening.record.id; }
};

struct Day {
  std::vector<std::shared_ptr<const File>> files;  // which the items are of
  std::vector<Item> due, waiting;
};

Day day_of(const Docket& docket) {
  Day out{docket.all(), {}, {}};
  auto& [files, due, waiting] = out;
  for (const auto& file : files) {
    const auto& acts = file->pack->acts;
    if (const auto& one = file->due) due.push_back({one->by_ms, file.get(), acts[one->act].name});
    const auto erase_ms = erase_from_ms(*file);
    if (erase_ms && *erase_ms <= docket.now_ms() && !own_records(*file, docket.code()).empty())
      due.push_back({erase_ms, file.get(), "erase"});
    for (const procedure::Waiting& one : file->waiting)
      waiting.push_back({one.by_ms, file.get(), acts[one.act].name, &one.from});
  }
  for (auto* items : {&due, &waiting}) {
    std::ranges::stable_sort(*items, [](const Item& a, const Item& b) {
      const int64_t x = a.by_ms.value_or(INT64_MAX), y = b.by_ms.value_or(INT64_MAX);
      return x != y ? x < y : a.id() < b.id();
    });
  }
  return out;
}

std::string line_of(const Item& item, int64_t now_ms) {
  std::string out = item.by_ms ? format_time_ms(*item.by_ms).substr(0, 16) + "Z" : "no limit";
  if (item.by_ms && *item.by_ms < now_ms) out += " (over)";
  out += fmt::format("  {}  \"{}\"", item.act, item.file->opening.title);
  for (size_t i = 0; item.from != nullptr && i < item.from->size(); ++i)
    out += (i == 0 ? "  from " : ", ") + (*item.from)[i];
  // A title is one line of a text for people.
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return out + "  " + item.id() + "\n";
}

}  // namespace

std::string todo_text(const Docket& docket) {
  const Day day = day_of(docket);
  std::string out =
      fmt::format("{}, {}Z\n", docket.code(), format_time_ms(docket.now_ms()).substr(0, 16));
  out += "\nTo do:\n";
  for (const Item& item : day.due) out += "  " + line_of(item, docket.now_ms());
  if (day.due.empty()) out += "  nothing\n";
  out += "\nWaiting for others:\n";
  for (const Item& item : day.waiting) out += "  " + line_of(item, docket.now_ms());
  if (day.waiting.empty()) out += "  nothing\n";
  return out;
}

std::string todo_json(const Docket& docket) {
  const Day day = day_of(docket);
  const auto print = [&](const std::vector<Item>& items) {
    std::string out;
    for (const Item& item : items) {
      out += fmt::format(R"({}{{"id":{},"act":{})", out.empty() ? "" : ",", json_quote(item.id()),
                         json_quote(item.act));
      if (item.from != nullptr) out += ",\"from\":" + list_json(*item.from);
      out += fmt::format(R"(,"by":{},"left_s":{}}})", instant_json(item.by_ms),
                         item.by_ms ? fmt::format("{}", (*item.by_ms - docket.now_ms()) / 1000)
                                    : std::string("null"));
    }
    return out;
  };
  return "{\"due\":[" + print(day.due) + "],\"waiting\":[" + print(day.waiting) + "]}";
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
