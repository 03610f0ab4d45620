// Labelled sets made from public lists and dictionaries: a list to search, queries that have an entity in it, queries that
// have none. docs/names.md says how each is made. Halves are told apart by a hash of the entity, so that what is learned
// from one half is measured on the other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "names/entity.h"

namespace entente::bench {

enum class Half { kTrain, kTest };

struct Case {
  std::string set;  // "latin-alias", "arabic", ...
  names::Entity query;
  std::string expected;  // id of the entity; empty: none is in the list
};

struct Sets {
  std::vector<names::Entity> list;
  std::vector<Case> cases;
};

struct TokenPair {
  std::string script, latin, native;
  int seen = 1;  // how often the source saw the pair
};

// From the directory with the public files. Sets whose file is absent are left out, with a word on standard error.
Sets make_sets(const std::string& directory, Half half);
// Single words in two writings, of that half.
std::vector<TokenPair> read_token_pairs(const std::string& directory, Half half);
// Pairs of names of one entity in one script, of that half.
std::vector<std::pair<std::string, std::string>> read_alias_pairs(const std::string& directory,
                                                                  Half half);

// Plain or zstd; empty if it is absent.
std::string read_bench_file(const std::string& path);

}  // namespace entente::bench
