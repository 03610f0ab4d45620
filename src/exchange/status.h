// What became of each object of a submission: journaled with it, and shown as a TAXII status
// resource. [taxii21 4.3.1]
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "exchange/ingest.h"
#include "release/world.h"

namespace entente::exchange {

class View;

// The record to journal: positions in runs, refused objects in words.
std::string encode_status(const Submission& submission);

// The status resource of a submission that has just become visible, as its submitter sees it.
std::string status_of(const Submission& submission, const View& view);

// The status resource as JSON, from a record and the submitter's own view. kNotFound if the record
// is another party's.
Result<std::string> status_document(std::string_view status_id, std::string_view record,
                                    const View& view);

}  // namespace entente::exchange
