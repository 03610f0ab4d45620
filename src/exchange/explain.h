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
#include <memory>
#include <string>
#include <string_view>
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
  std::string_view bytes() const { return std::string_view(text).substr(0, size); }
};

struct Explanation {
  enum class Sees : uint8_t { kNothing, kPart, kAll };
  Sees sees = Sees::kNothing;
  std::string rule;      // of the whole: release::name_of(Rule), or "marking-unread", "no-edition"
  std::string cut_rule;  // of the first part that is cut; empty: none is
  std::string sentence;  // for people
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

 private:
  struct Told {
    bool reads = false;
    std::string rule, sentence;
  };
  Told tell(const release::MarkSet& marks, size_t scope, int64_t released_ms,
            release::PartyNumber party, int depth) const;
  bool reads_whole(const release::MarkSet& marks, int64_t released_ms, release::PartyNumber party,
                   int depth) const;
  release::KnownMarkings::Counting counting(release::PartyNumber originator,
                                            std::string_view marking_id) const;
  void look_for_references(const Subject& subject, release::PartyNumber party,
                           std::string_view edition, Explanation* out) const;
  bool finds(std::string_view id, release::PartyNumber party) const;

  const View& asker_;
  // Of what is not stored: sets that directory and audience give it now, and its markings.
  std::vector<release::PartySet> party_sets_;
  release::KnownMarkings own_markings_;
  std::vector<release::MarkSet> own_marks_;
  std::vector<std::pair<std::string, release::MarkSet>> own_objects_;  // by id
};

// Examines text (one object, a bundle or an envelope) as a submission that is not to be sent. kInvalid: it
// is none of these.
Result<std::unique_ptr<Submission>> read_for_preview(Batcher& batcher, const View& asker,
                                                     release::CollectionNumber collection,
                                                     std::string_view text);

// JSON for surfaces. One object: {"id":...,"parties":[{"code":...,"sees":"all|part|nothing","cut":[...],"rule":...,
// "sentence":...,"dangling":[...]}]}; several: {"objects":[...]}.
using Parties = std::vector<const release::Party*>;
std::string preview_json(const Explainer& explainer, const Subject& subject,
                         const Parties& parties);
std::string preview_json(Explainer& explainer, const Submission& submission,
                         const Parties& parties);
// {"sees":...,"rule":...,"sentence":...}: of the newest version of the id in the asker's world that the
// party reads, else of the newest one. kNotFound: the asker has no such object.
Result<std::string> why_json(const View& asker, std::string_view id, const release::Party& party);
// The preview of the newest version of the id in the asker's world. kNotFound: it has none.
Result<std::string> preview_json(const View& asker, std::string_view id, const Parties& parties);

}  // namespace entente::exchange
