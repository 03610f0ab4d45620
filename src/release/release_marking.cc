// Strict on purpose, where STIX is lenient: a marking that this node misreads is released to
// somebody. Whatever is not known word for word is not understood, and what is not understood is the
// originator's alone.
#include "release/release_marking.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "release/marking_reader.h"
#include "stix/timestamp.h"

namespace entente::release {
namespace {

constexpr std::string_view kTlpWords[] = {"clear", "green", "amber", "amber+strict", "red"};
constexpr std::string_view kPapWords[] = {"clear", "green", "amber", "red"};

void read_classification(json::Value value, ReleaseMarking& out, std::string pointer) {
  MarkingReader reader(value, std::move(pointer), out);
  Classification one;
  const auto policy = reader.word("policy");
  const auto level = reader.word("level");
  if (!policy || !level) reader.complain("", "a classification has a policy and a level");
  one.policy = policy.value_or("");
  one.level = level.value_or("");
  one.categories =
      reader.words("categories", limits::kPolicyCategoriesMax).value_or(std::vector<std::string>());
  canonicalise(one);
  reader.finish();
  out.classifications.push_back(std::move(one));
}

void read_own(json::Value extension, ReleaseMarking& out) {
  MarkingReader reader(extension, fmt::format("/extensions/{}", kReleaseMarkingExtension), out);
  reader.extension_type();
  bool says_something = false;
  if (const auto word = reader.word("tlp")) {
    const auto found = std::ranges::find(kTlpWords, *word);
    says_something = true;
    if (found == std::end(kTlpWords)) {
      reader.complain("tlp", fmt::format("'{}' is no TLP level", *word));
    } else {
      out.tlp_levels |= static_cast<uint8_t>(1u << (found - std::begin(kTlpWords)));
    }
  }
  if (auto names = reader.words("releasable_to", limits::kReleasableNamesMax)) {
    says_something = true;
    out.releasable_to.push_back(std::move(*names));
  }
  if (const auto value = reader.take("covers_itself")) {
    const bool is_so = value->kind() == json::Kind::kTrue && !out.releasable_to.empty();
    if (!is_so) reader.complain("covers_itself", "it is true, beside a releasable_to, or absent");
    out.own_list = is_so ? out.releasable_to.back() : std::vector<std::string>();
  }
  if (const auto value = reader.take("classification")) {
    says_something = true;
    if (value->is_object()) {
      read_classification(*value, out, reader.pointer("classification"));
    } else {
      reader.complain("classification", "a classification is an object");
    }
  }
  if (const auto until_ms = reader.time_ms("embargo_until")) {
    says_something = true;
    out.embargo_until_ms = std::max(out.embargo_until_ms, *until_ms);
  }
  if (auto name = reader.word("exercise")) {
    says_something = true;
    out.exercises.push_back(std::move(*name));
  }
  if (const auto word = reader.word("pap")) {
    says_something = true;
    if (const auto level = pap_from(*word)) {
      out.pap_levels |= static_cast<uint8_t>(1u << static_cast<unsigned>(*level));
    } else {
      reader.complain("pap", fmt::format("'{}' is no PAP level", *word));
    }
  }
  reader.finish();
  if (!says_something) reader.complain("", "a release marking says something");
}

void read_extensions(json::Value extensions, ReleaseMarking& out) {
  if (!extensions.is_object() || extensions.size() == 0) {
    out.reasons.push_back({"/extensions", "extensions are an object with members"});
    return;
  }
  for (const json::Member member : extensions.members()) {
    const std::string id = member.key.text();
    if (!member.value.is_object()) {
      out.reasons.push_back({"/extensions/" + id, "an extension is an object"});
    } else if (id == kReleaseMarkingExtension) {
      read_own(member.value, out);
    } else if (id == kPapExtension) {
      read_pap(member.value, out);
    } else if (id == kIepExtension) {
      read_iep(member.value, out);
    } else if (id == kAcsExtension) {
      read_acs(member.value, out);
    } else {
      out.reasons.push_back({"/extensions/" + id, "not an extension that this node understands"});
    }
  }
}

// [stix21 7.2.1]
void read_definition(json::Value marking, std::string_view type, ReleaseMarking& out) {
  const auto definition = marking.find("definition");
  if (!definition || !definition->is_object()) {
    out.reasons.push_back({"/definition", "a definition is an object"});
    return;
  }
  MarkingReader reader(*definition, "/definition", out);
  if (type == "statement") {
    const auto statement = reader.take("statement");
    if (!statement || !statement->is_string())
      reader.complain("statement", "a statement marking has a statement");
  } else if (type == "pap" || type == "PAP") {
    const auto word = reader.word("pap");
    const auto level = word ? pap_from(*word) : std::nullopt;
    if (level) {
      out.pap_levels |= static_cast<uint8_t>(1u << static_cast<unsigned>(*level));
    } else {
      reader.complain("pap", "no PAP level");
    }
  } else {
    out.reasons.push_back(
        {"/definition_type", fmt::format("'{}' is no type that this node understands", type)});
    return;
  }
  reader.finish();
}

// A key that is there twice may mean either.
void refuse_duplicates(json::Value marking, ReleaseMarking& out) {
  const auto& nodes = marking.document().nodes();
  for (const uint32_t key : marking.document().duplicates()) {
    if (key <= marking.index() || key >= nodes[marking.index()].next) continue;
    const json::Value value(&marking.document(), key);
    out.reasons.push_back({"", fmt::format("{} is there twice", value.raw().substr(0, 64))});
  }
}

}  // namespace

std::string_view name_of(Pap level) { return kPapWords[static_cast<size_t>(level)]; }

std::optional<Pap> pap_from(std::string_view word) {
  if (word == "white") return Pap::kClear;
  const auto found = std::ranges::find(kPapWords, word);
  if (found == std::end(kPapWords)) return std::nullopt;
  return static_cast<Pap>(found - std::begin(kPapWords));
}

bool ReleaseMarking::has_limit() const {
  return !is_understood() || tlp_levels != 0 || !releasable_to.empty() ||
         !classifications.empty() || embargo_until_ms != kNoEmbargo || !exercises.empty();
}

ReleaseMarking read_release_marking(json::Value marking) {
  ReleaseMarking out;
  const auto type = marking.find("type");
  const auto id = marking.find("id");
  if (!type || !type->text_is("marking-definition") || !id || !id->is_string()) {
    out.reasons.push_back({"", "not a marking definition"});
    return out;
  }
  refuse_duplicates(marking, out);
  if (const auto level = tlp_of_marking(id->text())) {
    out.tlp_levels = static_cast<uint8_t>(1u << static_cast<unsigned>(*level));
    return out;
  }
  const auto extensions = marking.find("extensions");
  const auto definition_type = marking.find("definition_type");
  if (extensions) read_extensions(*extensions, out);
  if (definition_type) read_definition(marking, definition_type->text(), out);
  if (!definition_type && marking.find("definition"))
    out.reasons.push_back({"/definition", "a definition without its type"});
  if (!extensions && !definition_type) out.reasons.push_back({"", "it defines nothing"});
  return out;
}

void add(Atom& atom, Tlp level) {
  atom.tlp_levels |= static_cast<uint8_t>(1u << static_cast<unsigned>(level));
}

void add(Atom& atom, const ReleaseMarking& marking) {
  atom.unknown |= !marking.is_understood();
  atom.tlp_levels |= marking.tlp_levels;
  atom.pap_levels |= marking.pap_levels;
  atom.embargo_until_ms = std::max(atom.embargo_until_ms, marking.embargo_until_ms);
  const auto append = [&](auto& all, const auto& more, size_t max) {
    for (const auto& one : more) {
      if (std::ranges::find(all, one) != all.end()) continue;
      if (all.size() < max) {
        all.push_back(one);
      } else {
        atom.unknown = true;
      }
    }
  };
  append(atom.releasable_to, marking.releasable_to, limits::kReleasableListsMax);
  append(atom.classifications, marking.classifications, limits::kClassificationsMax);
  append(atom.exercises, marking.exercises, limits::kExercisesMax);
}

}  // namespace entente::release
