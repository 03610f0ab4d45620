// Labels of a detached binding (release/stanag_binding.h) for the objects that an import brings.
//
// Each label is turned into our words by the node's table and becomes a release marking of the submitter:
// a marking definition that is stored before the objects, itself TLP:GREEN so that those who are to
// read may find it. The objects keep their bytes: what marks them is kept beside them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/commands.h"
#include "base/result.h"
#include "exchange/ingest.h"
#include "release/stanag_map.h"

namespace entente::app {

// kNotFound: none was set.
Result<release::LabelTable> read_label_table(Desk& desk);

struct LabelledImport {
  std::shared_ptr<const exchange::BoundMarkings> bound;
  std::string markings;  // {"objects":[...]} to be stored first; empty: none is needed
};

// `identity` is the submitter's. kInvalid, kUnprocessable, kTooLarge as read_binding; kUnprocessable for a digest that is not
// SHA-256. A label that does not map becomes one for the originator alone.
Result<LabelledImport> labels_of(const release::LabelTable& table, std::string_view binding_xml,
                                 std::string_view identity);

// Stores the markings of the labels as the party's.
Result<void> store_markings(Desk& desk, const exchange::Principal& who,
                            release::CollectionNumber collection, const LabelledImport& labels);

}  // namespace entente::app
