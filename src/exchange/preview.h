// What surfaces say of explanations: preview and why as JSON.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/explain.h"

namespace entente::exchange {

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
