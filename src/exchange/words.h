// The release of a stored object in the words that a confidentiality label can carry
// (release/stanag_map.h).
//
//   Result<release::ReleaseWords> words = words_of(view, position);
//
// Fails closed: what a label cannot say is an error, never a wider label.
#pragma once

#include "base/result.h"
#include "exchange/view.h"
#include "release/stanag_map.h"

namespace entente::exchange {

// Of an entry of the view's world, as its reader gets it: parts that are cut for the reader are no
// longer there to be labelled. kUnprocessable: marks that are not understood, or parts under marks
// of their own; several levels, several lists or classifications that must all let a reader; an exercise; an embargo
// that is not over.
Result<release::ReleaseWords> words_of(const View& view, store::Position position);

}  // namespace entente::exchange
