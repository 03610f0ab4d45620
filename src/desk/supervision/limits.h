// Every limit of joint supervision, named, in one place. Each is tested at its value and one past it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::supervision::limits {

inline constexpr size_t kWorldsMax = 64;  // of which lists and graphs are kept; the least used goes
inline constexpr size_t kQueriesMax = 1'000;      // of one request
inline constexpr size_t kValuesMax = 100;         // of one parameter that is a list
inline constexpr size_t kReasonBytesMax = 4'000;  // of a decision
inline constexpr uint32_t kDecisionsOfPairMax =
    100;                                      // of one party about one pair, undone and made again
inline constexpr size_t kClusterMax = 1'000;  // identities of a cluster
inline constexpr size_t kBuyersMax =
    10'000;  // of a party's own list, screened again with every change
inline constexpr size_t kToldMax = 1'000;   // changed answers listed; all are counted and recorded
inline constexpr size_t kPathsMax = 1'000;  // shown of one owner
inline constexpr int32_t kWindowDaysMax = 36'500;

}  // namespace entente::supervision::limits
