// The risk view of a screening case: what one party's world knows of the buyer that a filing names.
//
//   auto view = risk_json(docket, *file, who, supervision);
//
// Who the buyer is like among the parties of the world, who stands behind it, what it holds already in the sector,
// whether connected buyers acquire faster than is usual, which other cases in the world are about it, and which of the objects that the
// filing names are here. All of it is the caller's world's alone: two parties of one case may get two views.
//
// Threads: any. Cost: that of the questions (desk/supervision), and the procedures of the world.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/docket.h"
#include "desk/supervision/supervision.h"

namespace entente::desk {

// A name by which two are compared: lower case of ASCII, one space between words.
std::string plain_name(std::string_view name);

// What a filing says of a party: its STIX id, or else its name; both empty: nothing.
struct FiledParty {
  std::string id, name;
};
struct FiledDeal {
  FiledParty buyer, target;
  std::vector<std::string> sectors;  // NACE or NAICS codes
  std::vector<std::string>
      objects;  // STIX ids that it names in `objects`; at most limits::kFiledObjectsMax
};
// Members `buyer` and `target` (a text, or an object with `id` or `name`), `sector` or `sectors`, `objects`.
FiledDeal filed_deal(std::string_view filing);

// {"id","buyer","screening","owners","holdings","rush","cases":[...],"objects":[...],"missing":[{"part","why"}]}: a part that
// cannot be answered is null, and `missing` says why. kInvalid: the procedure has no filing, or that names no buyer.
Result<std::string> risk_json(const Docket& docket, const File& file,
                              const exchange::Principal& who,
                              supervision::Supervision& supervision);

}  // namespace entente::desk
