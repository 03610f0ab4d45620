// Which of a reader's entries have one of the wanted types.
//
//   const TypeFilter filter(view, names);
//   for (each member of *filter.candidates(collection)) if (filter.is_exact() || filter.lets(member)) use(member);
//
// A node numbers a limited count of type names, and which names have numbers depends on what all parties sent. Entries of
// later names are told apart by their own bytes, so that no answer depends on it. [DESIGN: idea 3]
//
// Threads: one. The view must outlive it. Cost: sets of numbered types are kept between requests; a name without a number
// costs one pass over the type column and a parse of each entry that is asked about.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/bitmap.h"
#include "exchange/view.h"

namespace entente::exchange {

class TypeFilter {
 public:
  // No names: every type.
  TypeFilter(const View& view, const std::vector<std::string>& names);

  // Nothing can pass: the names are of no entry.
  bool is_empty() const { return !takes_all_ && numbers_.empty() && unnumbered_.empty(); }
  // Every candidate passes.
  bool is_exact() const { return unnumbered_.empty(); }
  // Entries of the reader's world in that collection (or any) that can pass; members past the snapshot's end must be
  // ignored.
  std::shared_ptr<const Bitmap> candidates(release::CollectionNumber collection) const;
  // Whether an entry of the reader's world passes.
  bool lets(store::Position position) const;

 private:
  const View& view_;
  const bool takes_all_;
  std::vector<uint16_t> numbers_;        // sorted, each once
  std::vector<std::string> unnumbered_;  // sorted, each once
};

}  // namespace entente::exchange
