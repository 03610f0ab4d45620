// Countries as lists write them (codes, names, adjectives of nationality aside) to ISO 3166-1 alpha-2.
#pragma once

#include <string>
#include <string_view>

namespace entente::names {

// "ru", "RUS", "Russia", "Russian Federation", "US-DE": "RU", "US"; if nothing is known, the text in upper case.
std::string country_code(std::string_view text);

}  // namespace entente::names
