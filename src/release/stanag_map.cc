// Maps labels to words by the table, and words to labels by its inverse, and decides what is
// narrower.
//
// is_within asks every case there is. Who may read depends, for one reader, on five facts: within
// the community, within the frozen audience, and how the reader stands in each `releasable_to`
// (not, through a group, by name). There are few combinations; one that lets read later but not
// earlier shows a widening. Which combinations can occur depends on how the two lists contain each
// other; of lists where neither contains the other all can.
#include "release/stanag_map.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace entente::release {
namespace {

using Codes = std::set<std::string>;

// How a reader stands in a list of codes; a list holds all that a smaller list holds.
enum class Standing : uint8_t { kNot, kByGroup, kByName };
constexpr Standing kStandings[] = {Standing::kNot, Standing::kByGroup, Standing::kByName};

struct Reader {
  bool in_community = false;
  bool in_audience = false;
};

// [DESIGN 4] Words that state neither a level nor a list open to nobody: what is unmarked is for
// its collection.
bool lets_read(const ReleaseWords& words, Reader reader, Standing standing) {
  const bool listed = words.releasable_to && standing != Standing::kNot;
  if (words.releasable_to && !listed) return false;
  if (!words.tlp) return listed;
  switch (*words.tlp) {
    case Tlp::kClear:
      return true;
    case Tlp::kGreen:
      return reader.in_community;
    case Tlp::kAmber:
      return listed || reader.in_audience;
    case Tlp::kAmberStrict:
      return listed;
    case Tlp::kRed:
      return words.releasable_to && standing == Standing::kByName;
  }
  return false;
}

Codes codes_of(const ReleaseWords& words) {
  return words.releasable_to ? Codes(words.releasable_to->begin(), words.releasable_to->end())
                             : Codes();
}

bool contains(const Codes& all, const Codes& part) {
  return std::includes(all.begin(), all.end(), part.begin(), part.end());
}

// Whether a reader can stand so in the two lists at once.
bool possible(const Codes& later, Standing in_later, const Codes& earlier, Standing in_earlier) {
  if (later.empty() && in_later != Standing::kNot) return false;
  if (earlier.empty() && in_earlier != Standing::kNot) return false;
  if (contains(earlier, later) && in_earlier < in_later) return false;
  return !contains(later, earlier) || in_later >= in_earlier;
}

bool marked_within(const ReleaseWords& later, const ReleaseWords& earlier) {
  // The level also says what readers may do with it: even where the same may read it does not go
  // down.
  if (earlier.tlp && (!later.tlp || *later.tlp < *earlier.tlp)) return false;
  if (earlier.classification && (later.classification != earlier.classification ||
                                 later.classification_policy != earlier.classification_policy))
    return false;
  const Codes now(later.categories.begin(), later.categories.end());
  const Codes before(earlier.categories.begin(), earlier.categories.end());
  return contains(now, before);
}

}  // namespace

bool is_within(const ReleaseWords& later, const ReleaseWords& earlier) {
  if (!marked_within(later, earlier)) return false;
  const Codes now = codes_of(later), before = codes_of(earlier);
  for (const Reader reader : {Reader{false, false}, Reader{true, false}, Reader{true, true}}) {
    for (const Standing in_later : kStandings) {
      for (const Standing in_earlier : kStandings) {
        if (!possible(now, in_later, before, in_earlier)) continue;
        if (lets_read(later, reader, in_later) && !lets_read(earlier, reader, in_earlier))
          return false;
      }
    }
  }
  return true;
}

// What has been found of a label so far.
struct LabelTable::Gathered {
  Tlp tlp = Tlp::kClear;
  bool has_audience = false;
  Codes audience;
  Codes categories;
  std::optional<std::string> level;
  std::set<std::string> tags;
  std::vector<std::string> unmapped;
};

const LabelTable::Policy* LabelTable::policy_of(std::string_view name) const {
  for (const Policy& policy : policies_) {
    if (equal_ignoring_case(policy.name, name)) return &policy;
  }
  return nullptr;
}

void LabelTable::add_value(Meaning meaning, const std::string& ours, Gathered* out) {
  switch (meaning) {
    case Meaning::kAudience:
      out->audience.insert(ours);
      break;
    case Meaning::kCategory:
      out->categories.insert(ours);
      break;
    // The reader of the table has written the level's own name.
    case Meaning::kTlp:
      out->tlp = std::max(out->tlp, tlp_from(ours).value_or(Tlp::kRed));
      break;
    case Meaning::kNothing:
      break;
  }
}

void LabelTable::map_category(const Policy& policy, const LabelCategory& category, Gathered* out) {
  const auto tag = std::find_if(policy.tags.begin(), policy.tags.end(), [&](const Tag& each) {
    return each.type == category.type && equal_ignoring_case(each.name, category.tag_name);
  });
  const std::string name = std::string(name_of(category.type)) + " category " + category.tag_name;
  if (tag == policy.tags.end()) return out->unmapped.push_back(name);
  if (!category.uri.empty() && !tag->uri.empty() && category.uri != tag->uri)
    return out->unmapped.push_back(name + ": another identifier than the table's");
  if (tag->meaning == Meaning::kNothing) return;
  // Twice the same tag could mean either of its values or both: not decided here.
  if (!out->tags.insert(tag->name).second) return out->unmapped.push_back(name + ": stands twice");
  if (category.values.empty()) return out->unmapped.push_back(name + ": without a value");
  if (tag->meaning == Meaning::kAudience) out->has_audience = true;
  for (const std::string& value : category.values) {
    const auto found = std::find_if(tag->values.begin(), tag->values.end(), [&](const auto& each) {
      return equal_ignoring_case(each.first, value);
    });
    if (found == tag->values.end()) {
      out->unmapped.push_back(name + ": " + value);
    } else {
      add_value(tag->meaning, found->second, out);
    }
  }
}

void LabelTable::map_information(const Policy& policy,
                                 const ConfidentialityInformation& information, Gathered* out) {
  if (!information.policy_uri.empty() && information.policy_uri != policy.uri)
    out->unmapped.push_back("policy " + information.policy_name +
                            ": another identifier than the table's");
  const auto level =
      std::find_if(policy.levels.begin(), policy.levels.end(), [&](const Level& each) {
        return equal_ignoring_case(each.label, information.classification);
      });
  if (level == policy.levels.end()) {
    out->unmapped.push_back("classification " + information.classification);
  } else {
    out->tlp = level->tlp;
    out->level = level->level;
  }
  for (const LabelCategory& category : information.categories) map_category(policy, category, out);
  if (policy.audience_required && !out->has_audience)
    out->unmapped.push_back("no audience, which the policy requires");
  if (information.privacy_mark &&
      std::find(policy.privacy_marks.begin(), policy.privacy_marks.end(),
                *information.privacy_mark) == policy.privacy_marks.end())
    out->unmapped.push_back("privacy mark " + *information.privacy_mark);
}

Mapped LabelTable::to_words(const ConfidentialityLabel& label) const {
  Gathered found;
  const Policy* policy = policy_of(label.information.policy_name);
  if (policy == nullptr) {
    found.unmapped.push_back("policy " + label.information.policy_name);
  } else {
    map_information(*policy, label.information, &found);
  }
  if (label.kind == LabelKind::kMetadata)
    found.unmapped.push_back("a label of metadata, not of the data");
  // What follows may be stricter, and when it does is for a clock to say.
  if (label.succession) found.unmapped.push_back("a succession on " + label.succession->date_time);
  for (const std::string& part : label.not_understood) found.unmapped.push_back(part);

  Mapped out;
  out.unmapped = std::move(found.unmapped);
  out.maps = out.unmapped.empty();
  if (!out.maps) {
    out.tlp = Tlp::kRed;
    out.releasable_to.emplace();
    return out;
  }
  out.tlp = found.tlp;
  if (found.has_audience) out.releasable_to.emplace(found.audience.begin(), found.audience.end());
  out.classification = found.level;
  if (found.level) out.classification_policy = policy->classification_policy;
  out.categories.assign(found.categories.begin(), found.categories.end());
  return out;
}

Mapped LabelTable::to_words(const LabelBinding& binding) const {
  if (has_policy(binding.label.information.policy_name)) return to_words(binding.label);
  for (const ConfidentialityLabel& alternative : binding.alternatives) {
    if (has_policy(alternative.information.policy_name)) return to_words(alternative);
  }
  return to_words(binding.label);
}

// The tags and values of the words; false with what is missing if the policy has no value for a
// word.
bool LabelTable::label_values(const Policy& policy, const ReleaseWords& words,
                              ConfidentialityInformation* out, std::vector<std::string>* unmapped) {
  struct Wanted {
    Meaning meaning;
    std::string word;
    bool needed;
  };
  std::vector<Wanted> wanted;
  for (const std::string& code : codes_of(words))
    wanted.push_back({Meaning::kAudience, code, true});
  for (const std::string& category : Codes(words.categories.begin(), words.categories.end()))
    wanted.push_back({Meaning::kCategory, category, true});
  // Without a value for it the classification alone may say enough.
  if (words.tlp) wanted.push_back({Meaning::kTlp, std::string(name_of(*words.tlp)), false});
  std::set<std::pair<Meaning, std::string>> done;
  for (const Tag& tag : policy.tags) {
    LabelCategory category{tag.type, tag.name, tag.uri, {}};
    for (const Wanted& each : wanted) {
      if (each.meaning != tag.meaning) continue;
      for (const auto& [theirs, ours] : tag.values) {
        if (ours != each.word) continue;
        category.values.push_back(theirs);
        done.emplace(each.meaning, each.word);
      }
    }
    if (!category.values.empty()) out->categories.push_back(std::move(category));
  }
  for (const Wanted& each : wanted) {
    if (each.needed && !done.contains({each.meaning, each.word})) unmapped->push_back(each.word);
  }
  return unmapped->empty();
}

Relabelled LabelTable::to_label(const ReleaseWords& words, std::string_view policy_name,
                                const LabelIssue& issue) const {
  Relabelled out;
  const auto closed = [&](std::string why) {
    out.unmapped.push_back(std::move(why));
    return std::move(out);
  };
  const Policy* policy = policy_of(policy_name);
  if (policy == nullptr) return closed("policy " + std::string(policy_name));
  if (!words.tlp && !words.releasable_to)
    return closed("neither a TLP level nor a list of readers");
  if (words.releasable_to && words.releasable_to->empty()) return closed("releasable to nobody");
  if (words.classification &&
      !equal_ignoring_case(words.classification_policy, policy->classification_policy))
    return closed("classification policy " + words.classification_policy);

  ConfidentialityLabel label;
  label.creation_date_time = issue.creation_date_time;
  label.review_date_time = issue.review_date_time;
  label.originator = issue.originator;
  label.information.policy_name = policy->name;
  label.information.policy_uri = policy->uri;
  if (!label_values(*policy, words, &label.information, &out.unmapped)) return out;
  // Of the classifications that let nobody read who may not: best one of the same level, then one
  // that lets the same read, then the first.
  int best = -1;
  for (const Level& level : policy->levels) {
    if (level.level != words.classification) continue;
    label.information.classification = level.label;
    const Mapped back = to_words(label);
    if (!back.maps || !is_within(back, words)) continue;
    const int fit = back.tlp == words.tlp ? 2 : is_within(words, back) ? 1 : 0;
    if (fit <= best) continue;
    best = fit;
    out.label = label;
    out.maps = true;
  }
  if (!out.maps) return closed("no classification of the policy says as much");
  return out;
}

std::vector<std::string> LabelTable::policy_names() const {
  std::vector<std::string> out;
  for (const Policy& policy : policies_) out.push_back(policy.name);
  return out;
}

}  // namespace entente::release
