// Matches as JSON, with what was decided about them and which of them are one.
#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "desk/supervision/limits.h"
#include "desk/supervision/objects.h"
#include "desk/supervision/screener.h"
#include "desk/supervision/supervision.h"
#include "names/explain.h"

namespace entente::supervision {
namespace {

struct How {
  names::SearchOptions search;
  bool explains = false, shows_decided = false;
};

std::string json_of(const std::vector<names::Evidence>& lines) {
  std::string out = "[";
  for (const names::Evidence& one : lines) {
    out += out.size() > 1 ? ",{" : "{";
    out += "\"what\":" + json_quote(one.what);
    if (!one.left.empty()) out += ",\"left\":" + json_quote(one.left);
    if (!one.right.empty()) out += ",\"right\":" + json_quote(one.right);
    out += fmt::format(R"(,"how":{},"log_odds":{:.3f}}})", json_quote(one.how()), one.log_odds);
  }
  return out + "]";
}

class Answerer {
 public:
  Answerer(const exchange::View& view, Screener* screener, const How& how)
      : view_(view), screener_(*screener), how_(how) {}

  std::string answer(const Asked& asked) {
    std::string matches;
    for (const Hit& hit : screener_.find(asked, how_.search, how_.shows_decided))
      matches += (matches.empty() ? "" : ",") + json_of(asked, hit);
    std::string out = fmt::format(R"({{"id":{},"matches":[{}],"subject":{})", asked.id_json,
                                  matches, json_quote(asked.subject));
    return out + decided_json(asked.subject) + "}";
  }

 private:
  // What was decided about the subject, as a member; nothing if nothing was.
  std::string decided_json(const std::string& subject) const {
    std::string out;
    for (const std::string& other : screener_.decisions().counterparts(subject)) {
      const Pair pair = pair_of(subject, other);
      std::string each;
      for (const Decision* one : screener_.decisions().about(pair))
        each += (each.empty() ? "" : ",") + to_json(*one);
      out +=
          fmt::format(R"({}{{"entity":{},"counts":"{}","decisions":[{}]}})", out.empty() ? "" : ",",
                      json_quote(other), name_of(*screener_.decisions().verdict(pair)), each);
    }
    return out.empty() ? out : ",\"decided\":[" + out + "]";
  }

  std::string json_of(const Asked& asked, const Hit& hit) const {
    const names::Match& match = hit.match;
    const names::NameList& list = screener_.names().list();
    const store::Position position = screener_.names().position(match.entity);
    std::string out = fmt::format(
        R"({{"entity":{},"score":{},"name":{},"type":{})", json_quote(list.entity_id(match.entity)),
        match.score, json_quote(list.name_text(match.name)), json_quote(view_.type(position)));
    each_object(view_, {position}, [&](store::Position, json::Value object) {
      const auto all = object.find("extensions");
      const auto own = all ? all->find(kSupervisionExtension) : std::nullopt;
      const std::string source = own ? text_of(*own, "source") : std::string();
      if (!source.empty()) out += ",\"source\":" + json_quote(source);
    });
    const release::Party* const by =
        view_.state().directory->party(view_.entry(position).submitter);
    out += ",\"submitter\":" + json_quote(by->code);
    if (hit.verdict) out += fmt::format(R"(,"decision":"{}")", name_of(*hit.verdict));
    const std::vector<std::string> cluster = screener_.decisions().cluster(hit.entity);
    if (cluster.size() > 1) out += ",\"cluster\":" + json_quote(cluster.front());
    if (how_.explains) {
      const auto lines = names::explain_match(list, asked.query, match);
      out += ",\"evidence\":" + supervision::json_of(lines);
      const std::string& name = asked.query.names[match.query_name].text;
      const auto prose = [&](names::Language language) {
        return json_quote(
            names::paragraph(name, list.name_text(match.name), match.score, lines, language));
      };
      out += ",\"text\":" + prose(names::Language::kEnglish);
      const names::Language own = names::language_of(name, lines);
      if (own != names::Language::kEnglish)
        out += fmt::format(R"(,"language":"{}","text_in_language":{})", names::tag_of(own),
                           prose(own));
    }
    return out + "}";
  }

  const exchange::View& view_;
  Screener& screener_;
  const How how_;
};

}  // namespace

Result<std::string> Supervision::screen(const exchange::Principal& who, std::string_view body,
                                        const Parameters& find) {
  How how;
  const int64_t limit = TRY(whole_of(find, "limit", names::kMatchesDefault, names::kMatchesMax));
  how.search.limit = static_cast<uint32_t>(limit);
  how.search.threshold = TRY(number_of(find, "threshold", 0, 0, 1));
  how.explains = TRY(flag_of(find, "explain"));
  how.shows_decided = TRY(flag_of(find, "decided"));
  const std::string text = json::padded(body);
  json::Parser parser;
  json::Document document;
  const auto parsed = parser.parse(std::string_view(text).substr(0, body.size()), &document);
  if (!parsed) return fail(Code::kInvalid, "the body is not JSON: " + parsed.error().detail);
  const json::Value root = document.root();
  const exchange::View view = node_.view(who);
  const auto names = TRY(this->names(view));
  const auto decisions = TRY(this->decisions(view));
  Screener screener(*names, *decisions);
  Answerer answerer(view, &screener, how);
  const auto queries = root.find("queries");
  if (!queries) {
    const Asked asked = TRY(read_asked(view, root));
    return answerer.answer(asked);
  }
  if (!queries->is_array()) return fail(Code::kInvalid, "queries is a list");
  if (queries->size() > limits::kQueriesMax)
    return fail(Code::kTooLarge, fmt::format("more than {} queries", limits::kQueriesMax));
  std::string out;
  for (const json::Value one : queries->elements()) {
    if (!out.empty()) out += ',';
    const auto asked = read_asked(view, one);
    if (asked) {
      out += answerer.answer(*asked);
      continue;
    }
    const auto id = one.find("id");
    out += fmt::format(R"({{"id":{},"matches":[],"error":{}}})", id ? id->raw() : "null",
                       json_quote(asked.error().detail));
  }
  return "{\"answers\":[" + out + "]}";
}

}  // namespace entente::supervision
