// Real feeds for tests and for the survey tool: files of STIX objects, plain or zstd. Not part of
// the node.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "json/json.h"

namespace entente::stix {

// The folder of shared data: $ENTENTE_SHARED, or a folder `shared` beside the project or above it.
// nullopt if absent.
std::optional<std::string> shared_folder();

// All .json, .jsonl and .zst files below a folder, sorted.
std::vector<std::string> corpus_files(const std::string& folder);

// The file's bytes, decompressed, with room for the parser behind them.
std::optional<std::string> read_corpus_file(const std::string& path);

// Calls `use` with each object of a bundle, an array, JSON Lines or one object. False if the text
// is not JSON.
bool for_each_object(const std::string& path, const std::string& bytes,
                     const std::function<void(json::Value)>& use);

}  // namespace entente::stix
