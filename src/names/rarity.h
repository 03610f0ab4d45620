// How much it says that two names share a word: -ln of how often a name has that word, in nats.
//
// A list's own frequencies decide (DESIGN: a world's statistics are its own); where the list is
// small, a general model of words stands behind it.
#pragma once

#include <cstdint>

#include "names/analyse.h"

namespace entente::names {

// How many observations the general model counts for.
inline constexpr double kGeneralWeight = 500;

// Of the word in general.
float general_information(const Word& word);
float general_information(std::string_view sound, Writing writing, Role role, uint16_t meaning);
// In a list of `names` names of which `count` have the word.
float information(float general, uint32_t count, uint64_t names);

}  // namespace entente::names
