// Ids are looked for in every text of the filing, whatever the field: a form has its own names for them. Whether an id is a
// person's says the world of the asker: any version of it that is an individual's makes it one, so that an error is on the
// side of telling.
#include "desk/concerned.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "desk/procedure/limits.h"
#include "desk/risk.h"
#include "desk/views.h"
#include "json/fields.h"
#include "stix/stix.h"

namespace entente::desk {
namespace {

constexpr std::string_view kIdentityPrefix = "identity--";
constexpr size_t kVersionsMax = 64;  // of one id, looked at

// The name of an individual that the world has under an id; nullopt: it has none.
std::optional<std::string> individual(const exchange::View& view, std::string_view id) {
  std::optional<std::string> name;
  size_t looked_at = 0;
  std::string scratch;
  view.versions_of(id, [&](store::Position position) {
    const auto object = json::Fields::parse(view.edition(position, &scratch));
    if (object && object->text("type") == "identity" &&
        object->text("identity_class") == "individual")
      name = object->text("name");
    return !name && ++looked_at < kVersionsMax;
  });
  return name;
}

// Gathers persons, each once, with the records that name them.
class Gatherer {
 public:
  explicit Gatherer(const exchange::View& view) : view_(view) {}

  void add_filing(std::string_view filing, const std::string& record) {
    const auto parsed = json::Fields::parse(filing);
    if (!parsed) return;
    if (const auto listed = parsed->root().find("persons")) {
      for (const json::Value one : listed->elements()) add_listed(one, record);
    }
    std::string scratch;
    const json::Document& document = parsed->root().document();
    for (uint32_t index = 0; index < document.nodes().size(); ++index) {
      const json::Value value(&document, index);
      if (value.is_string()) add_if_individual(value.text(&scratch), record);
    }
  }
  void add_if_individual(std::string_view id, const std::string& record) {
    if (!id.starts_with(kIdentityPrefix) || !stix::is_identifier(id)) return;
    const auto known = individual(view_, id);
    if (known) add({std::string(id), *known, {}}, record);
  }
  Result<std::vector<Person>> take() {
    if (is_full_)
      return fail(Code::kTooLarge, fmt::format("the case names more than {} persons",
                                               procedure::limits::kPersonsMax));
    return std::move(persons_);
  }

 private:
  // A name, an id, or an object of both.
  void add_listed(json::Value value, const std::string& record) {
    Person person;
    if (value.is_string()) {
      std::string text = value.text();
      (stix::is_identifier(text) ? person.id : person.name) = std::move(text);
    } else {
      person.id = json::member_text(value, "id");
      person.name = json::member_text(value, "name");
      if (!stix::is_identifier(person.id)) person.id.clear();
    }
    if (person.id.empty() && person.name.empty()) return;
    if (person.name.empty()) person.name = individual(view_, person.id).value_or("");
    add(std::move(person), record);
  }
  void add(Person person, const std::string& record) {
    const auto is_same = [&](const Person& one) {
      return person.id.empty() ? one.id.empty() && one.name == person.name : one.id == person.id;
    };
    auto found = std::ranges::find_if(persons_, is_same);
    if (found == persons_.end()) {
      if (persons_.size() >= procedure::limits::kPersonsMax) {
        is_full_ = true;
        return;
      }
      found = persons_.insert(persons_.end(), std::move(person));
    }
    if (std::ranges::find(found->named_in, record) == found->named_in.end())
      found->named_in.push_back(record);
  }

  const exchange::View& view_;
  std::vector<Person> persons_;
  bool is_full_ = false;
};

Result<Person> person_named(const std::vector<Person>& persons, std::string_view who,
                            const File& file) {
  if (who.empty()) return fail(Code::kInvalid, "person: which one? A STIX id, or a name");
  const Person* found = nullptr;
  for (const Person& person : persons) {
    const bool fits =
        stix::is_identifier(who) ? person.id == who : plain_name(person.name) == plain_name(who);
    if (!fits) continue;
    if (found != nullptr)
      return fail(Code::kInvalid, "several persons of the case are called so: name the id");
    found = &person;
  }
  if (found == nullptr)
    return fail(Code::kNotFound,
                fmt::format("the case {} names no such person", file.opening.record.id));
  return *found;
}

// Of each other party, for each text, the first record that shows that it had it.
std::string received_json(const File& file) {
  std::string out;
  std::set<std::pair<std::string, std::string>> seen;
  for (const procedure::Judged& one : file.now.judged) {
    const procedure::Record& record = *one.record;
    const std::string& text = record.about.empty() ? file.one.opening.id : record.about;
    if (one.verdict != procedure::Verdict::kCounted || record.party == file.one.opening.party ||
        !seen.emplace(record.party, text).second)
      continue;
    out +=
        fmt::format(R"({}{{"party":{},"at":"{}","act":{},"record":{},"text":{}}})",
                    out.empty() ? "" : ",", json_quote(record.party), format_time_ms(record.at_ms),
                    json_quote(record.act), json_quote(record.id), json_quote(text));
  }
  return "[" + out + "]";
}

std::string text_or_null(const std::string& text) {
  return text.empty() ? std::string("null") : json_quote(text);
}

}  // namespace

Result<std::vector<Person>> persons_of(const Docket& docket, const File& file) {
  Gatherer gatherer(docket.view());
  gatherer.add_filing(file.opening.filing, file.opening.record.id);
  for (const procedure::Record* record : attachments_of(file)) {
    for (const std::string& id : record->objects) gatherer.add_if_individual(id, record->id);
  }
  return gatherer.take();
}

Result<std::string> access_json(const Docket& docket, const File& file, std::string_view who,
                                AuditQuery lines, const AuditPage& audit) {
  const std::string& opener = file.one.opening.party;
  if (opener != docket.code())
    return fail(Code::kForbidden, fmt::format("{} opened the case and answers for it", opener));
  const std::vector<Person> persons = TRY(persons_of(docket, file));
  const Person person = TRY(person_named(persons, who, file));
  const std::string& id = file.opening.record.id;
  lines.objects = person.named_in;
  lines.objects.push_back(id);
  if (!person.id.empty()) lines.objects.push_back(person.id);
  const std::string page = audit ? TRY(audit(lines)) : std::string("{\"items\":[]}");
  std::string named_in;
  for (const std::string& record : person.named_in)
    named_in += (named_in.empty() ? "" : ",") + json_quote(record);
  const bool is_filed = std::ranges::find(person.named_in, id) != person.named_in.end();
  return fmt::format(
      R"({{"id":{},"person":{{"id":{},"name":{}}},"named_in":[{}],"received":{},"reads":{}}})",
      json_quote(id), text_or_null(person.id), text_or_null(person.name), named_in,
      is_filed ? received_json(file) : std::string("[]"), page);
}

}  // namespace entente::desk
