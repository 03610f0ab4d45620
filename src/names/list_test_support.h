// For tests of list readers: a text given in pieces, and what was read of it.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "names/reader.h"

namespace entente::names {

struct Read {
  Result<ReadReport> report = ReadReport{};
  std::vector<Entity> entities;
};

// Pieces of `step` bytes, so that every border falls somewhere.
inline NextPiece pieces_of(std::string_view text, size_t step) {
  return [text, step, at = size_t{0}]() mutable -> Result<std::string_view> {
    const std::string_view piece = text.substr(at, step);
    at += piece.size();
    return piece;
  };
}

inline Read read_in_pieces(std::string_view text, size_t step = 7) {
  Read out;
  out.report = read_list(pieces_of(text, step), [&](Entity&& one) -> Result<void> {
    out.entities.push_back(std::move(one));
    return {};
  });
  return out;
}

}  // namespace entente::names
