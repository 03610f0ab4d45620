// Lists are read once into an index; queries then go through it in blocks, on all cores, and come out
// in their order.
#include "app/names_commands.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>

#include "app/commands.h"
#include "app/input.h"
#include "app/json_text.h"
#include "app/meter.h"
#include "app/render.h"
#include "base/clock.h"
#include "base/text.h"
#include "names/compare.h"
#include "names/countries.h"
#include "names/explain.h"
#include "names/list.h"
#include "names/query.h"
#include "names/reader.h"

namespace entente::app {
namespace {

constexpr size_t kBlockLines = 2'048;
constexpr size_t kLineBytesMax = size_t{1} << 20;
constexpr unsigned kThreadsMax = 16;

Result<void> print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
    return fail(Code::kInternal, "cannot write to standard output");
  return {};
}

// The lines of an input, one after the other; a line that is too long comes cut.
class Lines {
 public:
  explicit Lines(std::unique_ptr<exchange::Source> source) : source_(std::move(source)) {}

  // False at the end.
  Result<bool> next(std::string* line) {
    for (;;) {
      const size_t end = buffer_.find('\n', begin_);
      if (end != std::string::npos) {
        line->assign(buffer_, begin_, end - begin_);
        begin_ = end + 1;
        return true;
      }
      buffer_.erase(0, begin_);
      begin_ = 0;
      if (buffer_.size() > kLineBytesMax) return fail(Code::kTooLarge, "a line is too long");
      const std::string_view piece = TRY(source_->next());
      if (!piece.empty()) {
        buffer_ += piece;
        continue;
      }
      if (buffer_.empty()) return false;
      *line = std::move(buffer_);
      buffer_.clear();
      return true;
    }
  }

 private:
  std::unique_ptr<exchange::Source> source_;
  std::string buffer_;
  size_t begin_ = 0;
};

Result<names::NameList> read_lists(const CommandLine& line, bool* is_clean) {
  names::ListBuilder builder;
  const SystemClock clock;
  ByteCount bytes = 0;
  Meter meter("screen", Meter::Unit::kBytes, clock);
  for (const std::string& path : line.screening.lists) {
    const auto source = TRY(open_input(path, &bytes));
    const auto report = names::read_list(
        [&]() -> Result<std::string_view> {
          meter.show({0, bytes, 0});
          return source->next();
        },
        [&](names::Entity&& one) { return builder.add(one); });
    if (!report) return fail(report.error().code, path + ": " + report.error().detail);
    for (const std::string& problem : report->problems)
      std::fprintf(stderr, "entente: %s: %s\n", printable(path).c_str(),
                   printable(problem).c_str());
    if (report->refused > 0) *is_clean = false;
  }
  return builder.finish();
}

std::string evidence_json(const std::vector<names::Evidence>& lines) {
  JsonList list;
  for (const names::Evidence& one : lines) {
    JsonObject object;
    object.add("what", one.what);
    if (!one.left.empty()) object.add("left", one.left);
    if (!one.right.empty()) object.add("right", one.right);
    object.add("how", one.how).add_raw("log_odds", fmt::format("{:.3f}", one.log_odds));
    list.add_raw(object.text());
  }
  return list.text();
}

std::string matches_json(const names::NameList& list, const names::Entity& query,
                         const std::vector<names::Match>& matches, bool explains) {
  JsonList out;
  for (const names::Match& match : matches) {
    JsonObject object;
    object.add("entity", list.entity_id(match.entity))
        .add_raw("score", fmt::format("{}", match.score))
        .add("name", list.name_text(match.name));
    if (explains) {
      const std::vector<names::Evidence> lines = names::explain_match(list, query, match);
      object.add_raw("evidence", evidence_json(lines));
      object.add("text", names::paragraph(query.names[match.query_name].text,
                                          list.name_text(match.name), match.score, lines));
    }
    out.add_raw(object.text());
  }
  return out.text();
}

// A line of queries as the line of its answer.
struct Answerer {
  Answerer(const names::NameList& searched, names::SearchOptions how, bool with_reasons)
      : list(searched), options(how), explains(with_reasons) {}

  const names::NameList& list;
  names::SearchOptions options;
  bool explains;
  names::Searcher searcher{list};
  json::Parser parser;
  json::Document document;

  std::string answer(const std::string& line, bool* is_clean) {
    const std::string padded = json::padded(line);
    const auto parsed = parser.parse(std::string_view(padded).substr(0, line.size()), &document);
    std::string id = "null";
    std::string problem = parsed ? "" : parsed.error().detail;
    if (parsed) {
      if (const auto own = document.root().find("id")) id = own->raw();
      const auto query = names::read_query(document.root());
      if (query) {
        const std::string matches =
            matches_json(list, *query, searcher.search(*query, options), explains);
        return JsonObject().add_raw("id", id).add_raw("matches", matches).text() + "\n";
      }
      problem = query.error().detail;
    }
    *is_clean = false;
    return JsonObject().add_raw("id", id).add_raw("matches", "[]").add("error", problem).text() +
           "\n";
  }
};

unsigned thread_count() { return std::clamp(std::thread::hardware_concurrency(), 1U, kThreadsMax); }

Result<int> screen_file(const CommandLine& line, const names::NameList& list, bool is_clean) {
  Lines lines(TRY(open_input(line.screening.queries, nullptr)));
  std::vector<std::unique_ptr<Answerer>> answerers;
  const names::SearchOptions options{line.screening.limit, line.screening.threshold};
  const SystemClock clock;
  Meter meter("screen", Meter::Unit::kRecords, clock);
  std::atomic<bool> all_clean = is_clean;
  uint64_t done = 0;
  std::vector<std::string> block, answers;
  for (bool is_more = true; is_more;) {
    block.clear();
    std::string text;
    while (block.size() < kBlockLines && is_more) {
      is_more = TRY(lines.next(&text));
      if (is_more && !trim(text).empty()) block.push_back(text);
    }
    answers.assign(block.size(), {});
    const size_t workers = std::min<size_t>(thread_count(), (block.size() + 63) / 64);
    while (answerers.size() < workers)
      answerers.push_back(std::make_unique<Answerer>(list, options, line.screening.explain));
    std::atomic<size_t> next = 0;
    const auto work = [&](Answerer& answerer) {
      bool clean = true;
      for (size_t i = next++; i < block.size(); i = next++)
        answers[i] = answerer.answer(block[i], &clean);
      if (!clean) all_clean = false;
    };
    std::vector<std::jthread> threads;
    for (size_t i = 1; i < workers; ++i) threads.emplace_back(work, std::ref(*answerers[i]));
    if (workers > 0) work(*answerers[0]);
    threads.clear();  // waits
    for (const std::string& answer : answers) TRY(print(answer));
    done += block.size();
    if (::isatty(STDOUT_FILENO) == 0) meter.show({done, 0, 0});
  }
  std::fflush(stdout);
  return all_clean ? kExitDone : kExitFound;
}

Result<names::Entity> asked_entity(const CommandLine& line) {
  names::Entity query;
  query.id = "query";
  query.kind = names::parse_kind(line.screening.kind);
  for (const std::string& name : line.screening.names)
    query.names.push_back({name, names::NameKind::kPrimary});
  for (const std::string& text : line.screening.birth_dates) {
    const names::PartialDate date = names::parse_partial_date(text);
    if (date.year == 0) return fail(Code::kInvalid, "not a date: " + text);
    query.birth_dates.push_back(date);
  }
  for (const std::string& text : line.screening.countries)
    query.countries.push_back(names::country_code(text));
  for (const std::string& text : line.screening.identifiers) {
    const size_t equals = text.find('=');
    const bool is_typed = equals != std::string::npos;
    query.identifiers.push_back(
        {is_typed ? text.substr(0, equals) : "", is_typed ? text.substr(equals + 1) : text});
  }
  return query;
}

Result<int> screen_names(const CommandLine& line, const names::NameList& list) {
  const names::Entity query = TRY(asked_entity(line));
  names::Searcher searcher(list);
  const auto matches = searcher.search(query, {line.screening.limit, line.screening.threshold});
  if (line.json) {
    TRY(print(JsonObject()
                  .add("id", query.id)
                  .add_raw("matches", matches_json(list, query, matches, line.screening.explain))
                  .text() +
              "\n"));
  } else {
    for (const names::Match& match : matches) {
      TRY(print(fmt::format("{:.4f}  {}  {}\n", match.score, printable(list.name_text(match.name)),
                            printable(list.entity_id(match.entity)))));
      if (!line.screening.explain) continue;
      const auto lines = names::explain_match(list, query, match);
      TRY(print("        " +
                printable(names::paragraph(query.names[match.query_name].text,
                                           list.name_text(match.name), match.score, lines)) +
                "\n"));
    }
    if (matches.empty()) TRY(print("no match\n"));
  }
  std::fflush(stdout);
  return kExitDone;
}

}  // namespace

Result<int> run_screen(const CommandLine& line) {
  if (line.screening.queries.empty() == line.screening.names.empty())
    return fail(Code::kInvalid, "give names, or a file of queries (--queries)");
  if (line.screening.lists.empty()) return fail(Code::kInvalid, "name a list (--list FILE)");
  bool is_clean = true;
  const names::NameList list = TRY(read_lists(line, &is_clean));
  if (!line.screening.names.empty()) return screen_names(line, list);
  return screen_file(line, list, is_clean);
}

Result<int> run_compare(const CommandLine& line) {
  std::vector<std::string> files = line.files;
  if (files.empty()) files.emplace_back("-");
  bool is_clean = true;
  json::Parser parser;
  json::Document document;
  for (const std::string& path : files) {
    Lines lines(TRY(open_input(path, nullptr)));
    std::string text;
    while (TRY(lines.next(&text))) {
      if (trim(text).empty()) continue;
      const std::string padded = json::padded(text);
      const auto parsed = parser.parse(std::string_view(padded).substr(0, text.size()), &document);
      std::string problem = parsed ? "needs left and right" : parsed.error().detail;
      if (parsed) {
        const auto left = document.root().find("left"), right = document.root().find("right");
        if (left && right) {
          const auto a = names::read_query(*left), b = names::read_query(*right);
          if (a && b) {
            const names::Comparison found = names::compare(*a, *b);
            JsonObject out;
            out.add_raw("score", fmt::format("{}", found.score))
                .add_raw("evidence", evidence_json(found.evidence));
            if (line.screening.explain)
              out.add("text", names::paragraph(a->names.front().text, b->names.front().text,
                                               found.score, found.evidence));
            TRY(print(out.text() + "\n"));
            continue;
          }
          problem = a ? b.error().detail : a.error().detail;
        }
      }
      is_clean = false;
      TRY(print(JsonObject()
                    .add_raw("score", "0")
                    .add_raw("evidence", "[]")
                    .add("error", problem)
                    .text() +
                "\n"));
    }
  }
  std::fflush(stdout);
  return is_clean ? kExitDone : kExitFound;
}

}  // namespace entente::app
