#include "exchange/preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "json/json.h"

namespace entente::exchange {
namespace {

std::string json_list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json_quote(text);
  return out + "]";
}

Result<store::Position> newest_of(const View& asker, std::string_view id) {
  store::Position newest = store::kNone;
  asker.versions_of(id, [&](store::Position position) {
    newest = position;
    return false;
  });
  if (newest == store::kNone) return fail(Code::kNotFound, "no such object");
  return newest;
}

}  // namespace

Result<std::unique_ptr<Submission>> read_for_preview(Batcher& batcher, const View& asker,
                                                     release::CollectionNumber collection,
                                                     std::string_view text) {
  auto submission = std::make_unique<Submission>();
  submission->who = asker.reader();
  submission->collection = collection;
  submission->text = json::padded(text);
  const std::string& identity = asker.state().directory->party(asker.reader().party)->identity;
  json::Parser parser;
  json::Document document;
  const std::string_view bytes = std::string_view(submission->text).substr(0, text.size());
  if (const auto parsed = parser.parse(bytes, &document); !parsed) {
    return fail(Code::kInvalid, fmt::format("not JSON: {} at byte {}", parsed.error().detail,
                                            parsed.error().offset));
  }
  const bool is_list = document.root().find("objects").has_value();
  if (!is_list) {
    batcher.read_object(*submission, bytes, identity, {});
    return submission;
  }
  submission->text.resize(text.size());
  submission->text.reserve(text.size() + json::kPaddingBytes);
  TRY(batcher.read_envelope(*submission, identity, {}));
  return submission;
}

std::string preview_json(const Explainer& explainer, const Subject& subject,
                         const Parties& parties) {
  std::string out = fmt::format(R"({{"id":{},"parties":[)", json_quote(subject.id));
  bool is_first = true;
  for (const release::Party* party : parties) {
    const Explanation told = explainer.explain(subject, party->number);
    fmt::format_to(std::back_inserter(out),
                   R"({}{{"code":{},"sees":"{}","cut":{},"rule":{},"sentence":{},"dangling":{}}})",
                   is_first ? "" : ",", json_quote(party->code), name_of(told.sees),
                   json_list(told.cut),
                   json_quote(told.cut_rule.empty() ? told.rule : told.cut_rule),
                   json_quote(told.sentence), json_list(told.dangling));
    is_first = false;
  }
  return out + "]}";
}

std::string preview_json(Explainer& explainer, const Submission& submission,
                         const Parties& parties) {
  const std::vector<Subject> subjects = explainer.submitted(submission);
  std::string out;
  size_t next = 0;
  for (const Item& item : submission.items) {
    if (!out.empty()) out += ",";
    if (item.fate == Fate::kRefused) {
      out += fmt::format(R"({{"id":{},"refused":{},"parties":[]}})", json_quote(item.id),
                         json_quote(item.message));
    } else {
      out += preview_json(explainer, subjects[next++], parties);
    }
  }
  return submission.items.size() == 1 ? out : "{\"objects\":[" + out + "]}";
}

Result<std::string> preview_json(const View& asker, std::string_view id, const Parties& parties) {
  const store::Position position = TRY(newest_of(asker, id));
  const Explainer explainer(asker);
  const Subject subject = TRY(explainer.stored(position));
  return preview_json(explainer, subject, parties);
}

Result<std::string> why_json(const View& asker, std::string_view id, const release::Party& party) {
  const Explainer explainer(asker);
  std::optional<Explanation> told;
  asker.versions_of(id, [&](store::Position position) {
    const auto subject = explainer.stored(position);
    if (!subject) return true;
    Explanation one = explainer.explain(*subject, party.number);
    const bool sees = one.sees != Explanation::Sees::kNothing;
    if (!told || sees) told = std::move(one);
    return !sees;
  });
  if (!told) return fail(Code::kNotFound, "no such object");
  return fmt::format(R"({{"sees":{},"rule":{},"sentence":{}}})",
                     told->sees != Explanation::Sees::kNothing, json_quote(told->rule),
                     json_quote(told->sentence));
}

}  // namespace entente::exchange
