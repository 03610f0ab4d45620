// Limits of the ownership engine and its readers. Units come last in the name.
#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::ownership::limits {

inline constexpr size_t kPartiesMax = 20'000'000;    // of one graph
inline constexpr size_t kInterestsMax = 60'000'000;  // of one graph
inline constexpr size_t kIdBytesMax = 1'024;         // of a party's id
inline constexpr size_t kFieldBytesMax = 65'536;     // of one CSV field
inline constexpr size_t kColumnsMax = 1'024;         // of one CSV record
inline constexpr size_t kXmlDepthMax = 64;           // elements in a record of XML
inline constexpr size_t kLeavesMax = 100'000;        // values of one record
inline constexpr size_t kDealsMax = 10'000'000;      // of one table
inline constexpr size_t kPictureNodesMax = 150;      // parties in a drawing
inline constexpr size_t kFindingsMax = 1'000;     // kept of one reading; further ones are counted
inline constexpr size_t kPathsDefault = 10;       // shown of one owner
inline constexpr size_t kPathsMax = 1'000;        // shown of one owner
inline constexpr size_t kPathStepsMax = 64;       // interests in one path
inline constexpr size_t kPathSearchMax = 20'000;  // partial paths looked at for one owner
inline constexpr size_t kDenseCircleMax = 192;    // parties of a circle solved as a dense system
inline constexpr size_t kTightWorkMax =
    50'000'000;  // owners times interests for tight upper bounds
inline constexpr size_t kWeakestWorkMax = 20'000'000;  // owners times interests for weakest links
inline constexpr int kPolicyRoundsMax = 100;           // of an upper bound in a circle

}  // namespace entente::ownership::limits
