// Filings of cases: the days that the rules read of them, and forms. A form is lines of "field,value" [RFC 4180], made into
// the JSON object that a case keeps.
//
//   title,Avon Port
//   buyer.name,"Meridian Holding, Ltd"
//   share,51
//   sectors,ports
//   sectors,energy storage
//
// Dots nest; a field that stands several times is a list, and so are format, sectors, instruments, assets, technologies and
// states_touched, even of one. Numbers are share, voting and everything called amount.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "desk/procedure/pack.h"

namespace entente::desk {

// kInvalid, with the line: what is no such form; kTooLarge: past the limits of this reader (filing.cc).
Result<std::string> filing_from_csv(std::string_view text);

// The days that clocks of the pack run from, as far as the filing names them.
std::map<std::string, procedure::Day> filed_days(std::string_view filing,
                                                 const procedure::Pack& pack);

}  // namespace entente::desk
