// screen reads lists once into an index and answers queries from it; compare needs no list.
#include "app/names_commands.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/input.h"
#include "app/json_text.h"
#include "app/names_against.h"
#include "app/names_answers.h"
#include "app/names_batch.h"
#include "app/render.h"
#include "base/text.h"
#include "json/json.h"
#include "names/compare.h"
#include "names/countries.h"
#include "names/explain.h"
#include "names/list.h"
#include "names/query.h"

namespace entente::app {
namespace {

Result<int> screen_file(const CommandLine& line, const names::NameList& list) {
  const names::SearchOptions options{line.screening.limit, line.screening.threshold};
  const bool explains = line.screening.explain;
  const bool is_clean = TRY(answer_queries(line.screening.queries, [&]() -> AnswerQuery {
    // Held by the answerer alone; a function must be copyable.
    const auto searcher = std::make_shared<names::Searcher>(list);
    return [&list, options, explains, searcher](const names::Entity& query, std::string_view id) {
      return JsonObject()
          .add_raw("id", id)
          .add_raw("matches", matches_json(list, searcher->search(query, options),
                                           explains ? &query : nullptr))
          .text();
    };
  }));
  return is_clean ? kExitDone : kExitFound;
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
                  .add_raw("matches",
                           matches_json(list, matches, line.screening.explain ? &query : nullptr))
                  .text() +
              "\n"));
  } else {
    for (const names::Match& match : matches) {
      TRY(print(fmt::format("{:.4f}  {}  {}\n", match.score, printable(list.name_text(match.name)),
                            printable(list.entity_id(match.entity)))));
      if (!line.screening.explain) continue;
      const std::string& asked = query.names[match.query_name].text;
      const auto lines = names::explain_match(list, query, match);
      const auto print_in = [&](names::Language language) {
        return print("        " +
                     printable(names::paragraph(asked, list.name_text(match.name), match.score,
                                                lines, language)) +
                     "\n");
      };
      TRY(print_in(names::Language::kEnglish));
      const names::Language own = names::language_of(asked, lines);
      if (own != names::Language::kEnglish) TRY(print_in(own));
    }
    if (matches.empty()) TRY(print("no match\n"));
  }
  std::fflush(stdout);
  return kExitDone;
}

}  // namespace

Result<int> run_screen(const CommandLine& line) {
  const Screening& screening = line.screening;
  const bool has_question = !screening.queries.empty() || !screening.names.empty();
  if (screening.queries.empty() == screening.names.empty() && screening.against.empty())
    return fail(Code::kInvalid, "give names, or a file of queries (--queries)");
  if (!screening.against.empty() && !screening.names.empty())
    return fail(Code::kInvalid, "--against takes a file of queries (--queries), or none");
  if (screening.lists.empty())
    return fail(Code::kInvalid, "name a list (--list FILE) or a party (--party CODE)");
  bool is_clean = true;
  const names::NameList list = TRY(read_name_lists(screening.lists, screening.mapping, &is_clean));
  int code = kExitDone;
  if (!screening.against.empty()) {
    const names::NameList before =
        TRY(read_name_lists(screening.against, screening.mapping, &is_clean));
    code = TRY(screen_against(line, list, before));
  } else if (has_question) {
    code = screening.names.empty() ? TRY(screen_file(line, list)) : TRY(screen_names(line, list));
  }
  return is_clean ? code : kExitFound;
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
              add_prose(a->names.front().text, b->names.front().text, found.score, found.evidence,
                        &out);
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
