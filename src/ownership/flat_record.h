// Records of an XML or a JSON file, flattened: each leaf with the names on the way to it.
//
// XML: an element of a given name is a record; a leaf is an element that holds text. JSON: an object of the
// top list, or a line, is a record; elements of lists carry their list's name. Names are local: prefixes
// and attributes do not count. Document types are refused, so that no entity is ever expanded;
// nothing is fetched; depth and sizes are limited.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ownership/model.h"

namespace entente::ownership {

struct Leaf {
  std::string path;  // "Relationship/StartNode/NodeID"
  std::string text;
};

// The text of the first leaf whose path ends in `tail`, at a name; empty if there is none.
std::string_view leaf_text(std::span<const Leaf> record, std::string_view tail);

using RecordSink = std::function<Result<void>(std::string_view name, std::span<const Leaf> record)>;

// `names` are the elements that are records. kInvalid if it is not well-formed, with the line.
Result<void> for_each_xml_record(std::string_view text, std::span<const std::string_view> names,
                                 const RecordSink& sink);
// The sink's name is empty.
Result<void> for_each_json_record(std::string_view text, const RecordSink& sink);

}  // namespace entente::ownership
