// Holdings of more than five percent reported to the SEC on schedules 13D and 13G, as a table:
// accession_number, company_cik, owner_key, percent_of_class, control_class, pct_verified, pct_source.
//
// The share is of a class of voting shares: votes, and capital of that class. A filing holds from the first day of
// the year in its accession number until that of the next filing of the same owner on the same company;
// without a percentage the share is unknown, and where it fell below the reporting threshold, less than 5 %.
// Confidence is 0.9 for a figure read from the form, and 0.6 for one that was read out of prose.
#pragma once

#include <string_view>

#include "ownership/model.h"

namespace entente::ownership {

Result<void> read_sec(std::string_view text, Graph* graph, Findings* findings);

}  // namespace entente::ownership
