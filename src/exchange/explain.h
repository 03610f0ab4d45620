// Preview and why: who sees what of an object, and by which rule. [DESIGN: section 4]
//
//   Explainer explainer(view);                          // the asker's
//   Subject subject = TRY(explainer.stored(position));  // or explainer.submitted(...)
//   Explanation explanation = explainer.explain(subject, party);
//
// The answer is about what the asker sees: the asker's own edition, markings that the asker may read,
// references as the asker's world has them. What is hidden from the asker counts for nothing, so that
// an answer tells nothing of it; where such a thing decides, the answer is what it would be without it.
//
// Threads: an Explainer belongs to one. Cost: some microseconds for a party and an object.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"
#include "exchange/ingest.h"
#include "exchange/view.h"
#include "release/marks.h"

namespace entente::exchange {

// An object to be explained: one that is stored, or one that is not yet.
struct Subject {
  std::string text;  // the asker's edition, with room for a parser behind
  size_t size = 0;   // of the object in it
  std::string id;
  release::MarkSet marks;
  std::vector<release::Part> parts;
  int64_t released_ms = 0;
  store::Position position = store::kNone;  // of what is stored
  std::string_view bytes() const { return std::string_view(text).substr(0, size); }
};

struct Explanation {
  enum class Sees : uint8_t { kNothing, kPart, kAll };
  Sees sees = Sees::kNothing;
  std::string rule;                   // of the whole: release::name_of(Rule), or "marking-unread",
                                      // "no-edition", "widened", "narrowed"
  std::string cut_rule;               // of the first part that is cut; empty: none is
  std::string sentence;               // for people
  std::vector<std::string> cut;       // JSON pointers of what is cut
  std::vector<std::string> dangling;  // ids that the edition refers to and the party would not find
};
std::string_view name_of(Explanation::Sees sees);

class Explainer {
 public:
  explicit Explainer(const View& asker);

  // The entry at a position of the asker's world. kNotFound: it has no bytes any more.
  Result<Subject> stored(store::Position position) const;
  // The accepted objects of a submission that is not sent: as if they were released now. Marking definitions
  // among them count.
  std::vector<Subject> submitted(const Submission& submission);

  Explanation explain(const Subject& subject, release::PartyNumber party) const;

  // Makes the audience and the marking definitions of a submission that is not sent count. Once.
  void prepare(const Submission& submission);
  // What the marks at that index would be if the submission were released now.
  release::MarkSet marks_now(const Submission& submission, uint32_t index) const;
  // Whether the party would read the whole, parts aside: of what is not stored, and of an entry of the asker's world.
  bool reads(const release::MarkSet& marks, int64_t released_ms, release::PartyNumber party) const {
    return tell(marks, release::kWhole, released_ms, party, 0).reads;
  }
  bool reads(store::Position position, release::PartyNumber party) const {
    return tell_entry(position, party, 0).reads;
  }

 private:
  struct Told {
    bool reads = false;
    std::string rule, sentence;
  };
  Told tell(const release::MarkSet& marks, size_t scope, int64_t released_ms,
            release::PartyNumber party, int depth) const;
  // The same of the whole of an entry, with the acts about it.
  Told tell_entry(store::Position position, release::PartyNumber party, int depth) const;
  Told after_acts(Told told, store::Position position, const release::MarkSet& marks,
                  release::PartyNumber party, int depth) const;
  bool reads_marking(const release::KnownMarkings::Seen& marking, release::PartyNumber party,
                     int depth) const;
  bool find_reads_marking(const release::KnownMarkings::Seen& marking, release::PartyNumber party,
                          int depth) const;
  // A scope's marks with what its markings say to a party: of each the first definition that the party reads.
  struct Marked {
    release::Atom atom;
    std::string missing;     // a marking that is not there
    bool is_unread = false;  // the party reads no definition of a marking
  };
  Marked marked(const release::MarkSet& marks, size_t scope, release::PartyNumber party,
                int depth) const;
  release::Context context(int64_t released_ms) const;
  // The definitions of a marking that count and that the asker may read, the first first.
  std::vector<const release::KnownMarkings::Seen*> definitions(release::PartyNumber originator,
                                                               std::string_view marking_id) const;
  void look_for_references(const Subject& subject, release::PartyNumber party,
                           std::string_view edition, Explanation* out) const;
  bool finds(std::string_view id, release::PartyNumber party) const;

  const View& asker_;
  // Of what is not stored: sets that directory and audience give it now, and its markings.
  std::vector<release::PartySet> party_sets_;
  std::map<store::Position, std::vector<const ReleaseAct*>> acts_;
  release::KnownMarkings own_markings_;
  std::vector<release::MarkSet> own_marks_;
  // What reads_marking() said: markings may refer to each other many times over.
  mutable std::map<std::tuple<const release::KnownMarkings::Seen*, release::PartyNumber, int>, bool>
      read_markings_;
  std::vector<std::pair<std::string, release::MarkSet>> own_objects_;  // by id
};

}  // namespace entente::exchange
