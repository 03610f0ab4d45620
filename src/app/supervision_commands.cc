// The node's side is the module's: parameters go to it as texts. This side sends queries in pieces and prints what comes back.
#include "app/supervision_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>

#include "app/input.h"
#include "app/json_text.h"
#include "app/names_answers.h"
#include "app/render.h"
#include "app/target.h"
#include "base/text.h"
#include "desk/supervision/limits.h"
#include "desk/supervision/objects.h"
#include "desk/supervision/supervision.h"
#include "names/countries.h"
#include "names/reader.h"

namespace entente::app {
namespace {

// The parameters of a request, as texts by name.
class RequestParameters {
 public:
  explicit RequestParameters(const Fields& request) {
    const auto all = request.root().find("parameters");
    if (!all) return;
    for (const json::Member one : all->members()) {
      if (one.value.is_string()) values_[one.key.text()] = one.value.text();
    }
  }
  supervision::Parameters find() const {
    return [this](std::string_view name) {
      const auto found = values_.find(name);
      return found == values_.end() ? nullptr : &found->second;
    };
  }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

using Question = std::function<Result<std::string>(
    supervision::Supervision& supervision, const exchange::Principal& who, const Fields& request,
    const supervision::Parameters& find)>;

// A question about what a member of the request says.
template <auto kAsk>
Question about(std::string_view member) {
  return [member](supervision::Supervision& supervision, const exchange::Principal& who,
                  const Fields& request, const supervision::Parameters& find) {
    return (supervision.*kAsk)(who, request.text(member), find);
  };
}

Result<Outcome> answer(Desk& desk, const Fields& request, std::string_view action,
                       const Question& question) {
  const exchange::Principal who = TRY(party_of(desk, request));
  std::unique_ptr<supervision::Supervision> own;
  if (desk.supervision == nullptr)
    own = std::make_unique<supervision::Supervision>(desk.node, desk.random);
  supervision::Supervision& supervision = own != nullptr ? *own : *desk.supervision;
  const RequestParameters parameters(request);
  Outcome out;
  out.json = TRY(question(supervision, who, request, parameters.find()));
  note(desk, request, action, request.text("id"));
  return out;
}

Result<Outcome> screen(Desk& desk, const Fields& request) {
  return answer(desk, request, "screen", about<&supervision::Supervision::screen>("body"));
}

Result<Outcome> owners(Desk& desk, const Fields& request) {
  return answer(desk, request, "owners", about<&supervision::Supervision::owners>("id"));
}

Result<Outcome> holdings(Desk& desk, const Fields& request) {
  return answer(desk, request, "holdings", about<&supervision::Supervision::holdings>("id"));
}

Result<Outcome> rush(Desk& desk, const Fields& request) {
  auto out = TRY(answer(
      desk, request, "rush",
      [](supervision::Supervision& supervision, const exchange::Principal& who, const Fields&,
         const supervision::Parameters& find) { return supervision.rush(who, find); }));
  const Fields answer = TRY(Fields::parse(out.json));
  if (answer.flag("alarm")) out.exit_code = kExitFound;
  return out;
}

Result<Outcome> decide(Desk& desk, const Fields& request) {
  return answer(desk, request, "decide", about<&supervision::Supervision::decide>("body"));
}

Result<Outcome> cluster(Desk& desk, const Fields& request) {
  return answer(
      desk, request, "cluster",
      [](supervision::Supervision& supervision, const exchange::Principal& who, const Fields& asked,
         const supervision::Parameters&) { return supervision.cluster(who, asked.text("id")); });
}

Result<Outcome> rescreen(Desk& desk, const Fields& request) {
  auto out = TRY(answer(
      desk, request, "rescreen",
      [](supervision::Supervision& supervision, const exchange::Principal& who, const Fields&,
         const supervision::Parameters& find) { return supervision.rescreen(who, find); }));
  const Fields answer = TRY(Fields::parse(out.json));
  if (answer.count("changes") > 0) out.exit_code = kExitFound;
  return out;
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : std::string(between)) + text;
  return out;
}

// Those that were given, as texts.
class ParametersOut {
 public:
  void add(std::string_view name, const std::string& text) {
    if (!text.empty()) out_.add(name, text);
  }
  void add(std::string_view name, const std::vector<std::string>& texts,
           std::string_view between = ",") {
    add(name, joined(texts, between));
  }
  void add(std::string_view name, double value, double otherwise) {
    if (value != otherwise) add(name, fmt::format("{}", value));
  }
  void add_flag(std::string_view name, bool value) {
    if (value) add(name, "true");
  }
  std::string text() const { return out_.text(); }

 private:
  JsonObject out_;
};

std::string query_json(const names::Entity& query) {
  JsonList names, dates, countries, identifiers;
  for (const names::Name& name : query.names) names.add(name.text);
  for (const names::PartialDate& date : query.birth_dates) dates.add(supervision::text_of(date));
  for (const std::string& country : query.countries) countries.add(country);
  for (const names::Identifier& one : query.identifiers)
    identifiers.add_raw(JsonObject().add("type", one.type).add("value", one.value).text());
  return JsonObject()
      .add("id", query.id)
      .add("kind", names::name_of(query.kind))
      .add_raw("names", names.text())
      .add_raw("birth_dates", dates.text())
      .add_raw("countries", countries.text())
      .add_raw("identifiers", identifiers.text())
      .text();
}

class Screener {
 public:
  Screener(Target* target, const CommandLine& line) : target_(*target), line_(line) {
    ParametersOut out;
    out.add("limit", fmt::format("{}", line.screening.limit));
    out.add("threshold", line.screening.threshold, 0);
    out.add_flag("explain", line.screening.explain);
    out.add_flag("decided", line.screening.decided);
    parameters_ = out.text();
  }

  Result<Fields> ask(const std::string& body) {
    const Outcome outcome = TRY(target_.run(JsonObject()
                                                .add("command", "screen")
                                                .add("party", line_.party)
                                                .add("body", body)
                                                .add_raw("parameters", parameters_)
                                                .text()));
    return Fields::parse(outcome.json);
  }

  Result<void> add(std::string query) {
    queries_ += (queries_.empty() ? "" : ",") + query;
    if (++count_ < kPieceQueries) return {};
    return flush();
  }
  Result<void> flush() {
    if (count_ == 0) return {};
    const Fields answer = TRY(ask("{\"queries\":[" + queries_ + "]}"));
    queries_.clear();
    count_ = 0;
    const auto answers = answer.root().find("answers");
    if (!answers) return fail(Code::kCorrupt, "the node's answer is not readable");
    for (const json::Value one : answers->elements()) {
      if (one.find("error")) is_clean_ = false;
      TRY(print(std::string(one.raw()) + "\n"));
    }
    return {};
  }
  bool is_clean() const { return is_clean_; }
  void complain() { is_clean_ = false; }

 private:
  static constexpr size_t kPieceQueries = 200;
  static_assert(kPieceQueries <= supervision::limits::kQueriesMax);
  Target& target_;
  const CommandLine& line_;
  std::string parameters_, queries_;
  size_t count_ = 0;
  bool is_clean_ = true;
};

Result<void> print_matches(const CommandLine& line, const Fields& answer) {
  if (line.json) return print(std::string(answer.root().raw()) + "\n");
  const auto matches = answer.root().find("matches");
  if (!matches || matches->size() == 0) return print("no match\n");
  for (const json::Value one : matches->elements()) {
    const auto text = [&](std::string_view name) {
      const auto value = one.find(name);
      return value && value->is_string() ? printable(value->text()) : std::string();
    };
    const auto score = one.find("score");
    TRY(print(fmt::format("{:.4f}  {}  {}\n", score ? score->number().value_or(0) : 0, text("name"),
                          text("entity"))));
    if (line.screening.explain) TRY(print("        " + text("text") + "\n"));
  }
  return {};
}

// Of names and facts that the command line gave.
Result<std::string> asked_query(const Screening& asked) {
  names::Entity query;
  query.id = "query";
  query.kind = names::parse_kind(asked.kind);
  for (const std::string& name : asked.names)
    query.names.push_back({name, names::NameKind::kPrimary});
  for (const std::string& text : asked.birth_dates) {
    const names::PartialDate date = names::parse_partial_date(text);
    if (date.year == 0) return fail(Code::kInvalid, "not a date: " + text);
    query.birth_dates.push_back(date);
  }
  for (const std::string& text : asked.countries)
    query.countries.push_back(names::country_code(text));
  for (const std::string& text : asked.identifiers) {
    const size_t equals = text.find('=');
    const bool is_typed = equals != std::string::npos;
    query.identifiers.push_back(
        {is_typed ? text.substr(0, equals) : "", is_typed ? text.substr(equals + 1) : text});
  }
  return query_json(query);
}

Result<void> screen_file(Screener* screener, const std::string& path) {
  auto source = TRY(open_input(path, nullptr));
  std::string first(TRY(source->next()));
  const size_t begin = first.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::string_view head = trim(std::string_view(first).substr(begin));
  if (head.empty() || head[0] == '{') {
    Lines lines(std::move(source), first.substr(begin));
    std::string line;
    while (TRY(lines.next(&line))) {
      if (trim(line).empty()) continue;
      const auto parsed = Fields::parse(line);
      if (!parsed) screener->complain();
      // What is no query is answered as such.
      TRY(screener->add(parsed ? std::string(parsed->root().raw()) : json_quote(line)));
    }
    return screener->flush();
  }
  bool is_first = true;
  const auto report = TRY(names::read_list(
      [&]() -> Result<std::string_view> {
        if (!is_first) return source->next();
        is_first = false;
        return std::string_view(first);
      },
      [&](names::Entity&& one) { return screener->add(query_json(one)); }));
  if (report.refused > 0) screener->complain();
  return screener->flush();
}

std::string owners_parameters(const OwnershipLine& asked, const std::string& format) {
  ParametersOut out;
  out.add("at", asked.at);
  out.add("since", asked.since);
  out.add("paths", fmt::format("{}", std::max<uint64_t>(asked.paths, 1)));
  out.add("threshold", asked.threshold, 50);
  out.add_flag("all", asked.all);
  out.add_flag("law", asked.law);
  out.add("listed", asked.listed);
  out.add("concert", asked.concerts, ";");
  out.add("acting_for", asked.acting_for);
  out.add_flag("one_share_one_vote", asked.one_share_one_vote);
  out.add("min_confidence", asked.confidence_min, 0);
  out.add("format", format);
  return out.text();
}

std::string holdings_parameters(const OwnershipLine& asked, const std::string& format) {
  ParametersOut out;
  out.add("at", asked.at);
  out.add("with", std::vector<std::string>(asked.holders.begin() + 1, asked.holders.end()));
  out.add("sector", asked.sectors);
  out.add("member", asked.members);
  out.add("min", asked.capital_min, 0);
  out.add_flag("controlled", asked.controlled);
  out.add("acting_for", asked.acting_for);
  out.add_flag("one_share_one_vote", asked.one_share_one_vote);
  out.add("min_confidence", asked.confidence_min, 0);
  out.add("format", format);
  return out.text();
}

std::string rush_parameters(const OwnershipLine& asked, const std::string& format) {
  ParametersOut out;
  out.add("sector", asked.sectors);
  out.add("member", asked.members);
  out.add("window", fmt::format("{}", asked.window_days));
  out.add("from", asked.from);
  out.add("to", asked.to);
  out.add("false_alarm", asked.false_alarm, 1);
  out.add("usual", asked.usual);
  out.add("at", asked.at);
  out.add("concert", asked.concerts, ";");
  out.add("acting_for", asked.acting_for);
  out.add_flag("one_share_one_vote", asked.one_share_one_vote);
  out.add("min_confidence", asked.confidence_min, 0);
  out.add("format", format);
  return out.text();
}

}  // namespace

Command supervision_command(std::string_view name) {
  if (name == "screen") return screen;
  if (name == "owners") return owners;
  if (name == "holdings") return holdings;
  if (name == "rush") return rush;
  if (name == "decide") return decide;
  if (name == "cluster") return cluster;
  if (name == "rescreen") return rescreen;
  return nullptr;
}

namespace {

Result<int> show_answer(const CommandLine& line, const Outcome& outcome) {
  const Fields fields = TRY(Fields::parse(outcome.json));
  TRY(print(line.json ? outcome.json + "\n" : render(fields.root())));
  std::fflush(stdout);
  return outcome.exit_code;
}

Result<int> rescreen_buyers(const CommandLine& line) {
  if (!line.screening.names.empty() || !line.screening.queries.empty())
    return fail(Code::kInvalid, "--watch screens the party's own buyers: without names or queries");
  ParametersOut parameters;
  parameters.add("threshold", line.screening.threshold, 0);
  parameters.add_flag("dry_run", line.dry_run);
  Target target = TRY(Target::find(line.data));
  const Outcome outcome = TRY(target.run(JsonObject()
                                             .add("command", "rescreen")
                                             .add("party", line.party)
                                             .add_raw("parameters", parameters.text())
                                             .text()));
  return show_answer(line, outcome);
}

}  // namespace

Result<int> run_decide(const CommandLine& line) {
  ParametersOut parameters;
  parameters.add("collection", line.collection);
  parameters.add("marking", line.markings);
  parameters.add_flag("dry_run", line.dry_run);
  JsonObject body;
  body.add_list("parties", {line.id, line.member}).add("decision", line.code);
  if (!line.reason.empty()) body.add("reason", line.reason);
  Target target = TRY(Target::find(line.data));
  const Outcome outcome = TRY(target.run(JsonObject()
                                             .add("command", "decide")
                                             .add("party", line.party)
                                             .add("body", body.text())
                                             .add_raw("parameters", parameters.text())
                                             .text()));
  return show_answer(line, outcome);
}

Result<int> run_screen_in_world(const CommandLine& line) {
  const Screening& asked = line.screening;
  if (asked.watch) return rescreen_buyers(line);
  if (!asked.lists.empty() || !asked.against.empty())
    return fail(Code::kInvalid, "--party screens against that party's world: without --list");
  if (asked.names.empty() == asked.queries.empty())
    return fail(Code::kInvalid, "give names, or a file of queries (--queries)");
  Target target = TRY(Target::find(line.data));
  Screener screener(&target, line);
  if (asked.names.empty()) {
    TRY(screen_file(&screener, asked.queries));
  } else {
    const std::string query = TRY(asked_query(asked));
    const Fields answer = TRY(screener.ask(query));
    TRY(print_matches(line, answer));
  }
  std::fflush(stdout);
  return screener.is_clean() ? kExitDone : kExitFound;
}

Result<int> run_ownership_in_world(const CommandLine& line) {
  const OwnershipLine& asked = line.ownership;
  if (!asked.graphs.empty() || !asked.deals.empty() || !asked.law_file.empty())
    return fail(Code::kInvalid, "--party asks that party's world: without files");
  const bool is_json = line.json || asked.format == "json";
  const bool is_drawing = asked.format == "dot" || asked.format == "svg";
  const std::string format = is_drawing ? asked.format : is_json ? "json" : "text";
  JsonObject request;
  request.add("command", line.command).add("party", line.party);
  if (line.command == "owners") {
    request.add("id", asked.of).add_raw("parameters", owners_parameters(asked, format));
  } else if (line.command == "holdings") {
    request.add("id", asked.holders.front())
        .add_raw("parameters", holdings_parameters(asked, format));
  } else {
    request.add_raw("parameters", rush_parameters(asked, format));
  }
  Target target = TRY(Target::find(line.data));
  const Outcome outcome = TRY(target.run(request.text()));
  if (format == "json") {
    TRY(print(outcome.json + "\n"));
  } else {
    const Fields fields = TRY(Fields::parse(outcome.json));
    TRY(print(fields.text(format)));
  }
  std::fflush(stdout);
  return outcome.exit_code;
}

}  // namespace entente::app
