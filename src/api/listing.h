// What a view shows, as JSON: lists of objects, counts, collections and parties. Private to this folder.
#pragma once

#include <cstdint>
#include <string>

#include "exchange/view.h"

namespace entente::api {

std::string collection_json(const exchange::View& view, const release::Collection& one);
// {"items":[{...,"object":BYTES},...],"next":CURSOR}: the objects are the sender's bytes. The cursor is for the query that
// `bound` stands for.
std::string list_json(const exchange::View& view, const exchange::Page& page, bool with_objects,
                      const std::string& bound);
std::string stats_json(const exchange::View& view);
// Who meets the caller in a collection that the caller may read or write.
std::string parties_json(const exchange::View& view);
// What refers to the id, without the objects.
std::string references_json(const exchange::View& view, const std::string& id, uint32_t limit);

}  // namespace entente::api
