// A confidentiality label in our words, and back: which classification, tags and values of a policy
// stand for which TLP level, which parties and groups, which level and categories of a
// classification policy of ours. The table is data, a JSON file that docs/formats/stanag.md
// describes.
//
//   LabelTable table = TRY(LabelTable::read(json));
//   Mapped words = table.to_words(label);           // words.maps is false: for the originator alone
//   Relabelled label = table.to_label(words, "NATO", {.creation_date_time = now});
//
// It fails closed: a label of which one part is not in the table maps to nobody (RED, releasable to
// no one), with the parts named. It never widens: a label that to_label gives has been mapped back
// and found to let nobody read whom the words did not let read; and two labels never share the same
// words, so that there and back is not lower either.
//
// Threads: a LabelTable does not change; any number of readers. Ownership: it owns its copy of the
// table.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "release/stanag.h"
#include "release/stanag_binding.h"
#include "release/tlp.h"

namespace entente::release {

// A release in our words. [DESIGN 4]
struct ReleaseWords {
  std::optional<Tlp> tlp;
  std::optional<std::vector<std::string>>
      releasable_to;                  // party and group codes; absent: no limit; empty: nobody
  std::string classification_policy;  // of `classification`; empty without one
  std::optional<std::string> classification;
  std::vector<std::string> categories;
  friend bool operator==(const ReleaseWords&, const ReleaseWords&) = default;
};

struct Mapped : ReleaseWords {
  bool maps = false;
  std::vector<std::string> unmapped;  // for people: what the table does not have; empty if it maps
};

struct Relabelled {
  bool maps = false;
  ConfidentialityLabel label;  // empty if it does not map: such a one cannot be written
  std::vector<std::string> unmapped;
};

// What a label carries besides the words. Times are xs:dateTime.
struct LabelIssue {
  std::string creation_date_time;
  std::optional<std::string> review_date_time;
  std::optional<OriginatorId> originator;
};

// Whether `later` lets nobody read whom `earlier` does not let read, whatever the communities,
// audiences and groups are (an audience is taken to be within its community). Exact, not a guess by
// order of levels: GREEN to some party is narrower than AMBER to it if that party is outside the
// community. And whether the TLP level is no lower, the classification the same or new, and no
// category gone.
bool is_within(const ReleaseWords& later, const ReleaseWords& earlier);

class LabelTable {
 public:
  // kInvalid: not JSON, not this format, or a table that could lose or widen (two labels with the
  // same words; the same word for two values). kTooLarge: past a limit.
  static Result<LabelTable> read(std::string_view json);

  Mapped to_words(const ConfidentialityLabel& label) const;
  // Of a binding: by the originator's label, and only if its policy is not in the table by the
  // first alternative whose policy is.
  Mapped to_words(const LabelBinding& binding) const;
  Relabelled to_label(const ReleaseWords& words, std::string_view policy_name,
                      const LabelIssue& issue) const;

  std::vector<std::string> policy_names() const;  // in the order of the table
  bool has_policy(std::string_view policy_name) const { return policy_of(policy_name) != nullptr; }

 private:
  friend struct LabelTableReader;

  // What the values of a tag stand for.
  enum class Meaning : uint8_t { kAudience, kTlp, kCategory, kNothing };
  struct Level {
    std::string label;  // of the label's Classification
    Tlp tlp = Tlp::kRed;
    std::optional<std::string> level;  // of our classification policy
  };
  struct Tag {
    std::string name;
    std::string uri;  // written into labels; empty: none
    CategoryType type = CategoryType::kRestrictive;
    Meaning meaning = Meaning::kNothing;
    std::vector<std::pair<std::string, std::string>> values;  // theirs, ours
  };
  struct Policy {
    std::string name;
    std::string uri;  // "urn:oid:..."
    std::string classification_policy;
    bool audience_required = false;
    std::vector<Level> levels;
    std::vector<Tag> tags;
    std::vector<std::string> privacy_marks;
  };
  struct Gathered;

  LabelTable() = default;
  const Policy* policy_of(std::string_view name) const;
  static void map_category(const Policy& policy, const LabelCategory& category, Gathered* out);
  static void map_information(const Policy& policy, const ConfidentialityInformation& information,
                              Gathered* out);
  static void add_value(Meaning meaning, const std::string& ours, Gathered* out);
  static bool label_values(const Policy& policy, const ReleaseWords& words,
                           ConfidentialityInformation* out, std::vector<std::string>* unmapped);

  std::vector<Policy> policies_;
};

}  // namespace entente::release
