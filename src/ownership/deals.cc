// The same table reader as that of interests, with fewer columns.
#include "ownership/deals.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "ownership/csv.h"
#include "ownership/limits.h"
#include "ownership/share_text.h"

namespace entente::ownership {
namespace {

enum Column : uint8_t {
  kBuyer,
  kTarget,
  kDate,
  kShare,
  kPrice,
  kCurrency,
  kSector,
  kMember,
  kCount
};
constexpr std::array<std::string_view, kCount> kNames{"buyer", "target",   "date",   "share",
                                                      "price", "currency", "sector", "member"};

std::optional<double> price_from(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value) || value < 0) return std::nullopt;
  return value;
}

}  // namespace

Result<std::vector<Deal>> read_deals(std::string_view text, Findings* findings) {
  CsvReader csv(text, guess_delimiter(text));
  if (!csv.next()) return fail(Code::kInvalid, "the table of deals is empty");
  std::array<size_t, kCount> place{};
  place.fill(SIZE_MAX);
  for (size_t i = 0; i < csv.fields().size(); ++i) {
    for (size_t c = 0; c < kCount; ++c) {
      if (equal_ignoring_case(trim(csv.fields()[i]), kNames[c]) && place[c] == SIZE_MAX)
        place[c] = i;
    }
  }
  if (place[kBuyer] == SIZE_MAX || place[kTarget] == SIZE_MAX || place[kDate] == SIZE_MAX)
    return fail(Code::kInvalid,
                "the first line must name the columns, buyer, target and date among them");
  std::vector<Deal> deals;
  std::vector<uint8_t> is_plain;
  double largest = 0;
  while (csv.next()) {
    if (deals.size() >= limits::kDealsMax) return fail(Code::kTooLarge, "too many deals");
    const auto field = [&](Column column) {
      return place[column] < csv.fields().size() ? trim(csv.fields()[place[column]])
                                                 : std::string_view();
    };
    const auto day = parse_day(field(kDate));
    const auto share = parse_share(field(kShare));
    const auto price = field(kPrice).empty() ? 0 : price_from(field(kPrice));
    if (field(kBuyer).empty() || field(kTarget).empty() || !day || !share || !price ||
        field(kBuyer).size() > limits::kIdBytesMax || field(kTarget).size() > limits::kIdBytesMax) {
      findings->error("deal-unreadable", fmt::format("line {}", csv.line()),
                      "buyer, target, date, share or price");
      continue;
    }
    Deal& deal = deals.emplace_back();
    deal.buyer = field(kBuyer);
    deal.target = field(kTarget);
    deal.day = *day;
    deal.share = share->range;
    deal.price = *price;
    deal.currency = field(kCurrency);
    deal.sector = field(kSector);
    deal.member = field(kMember);
    deal.line = csv.line();
    is_plain.push_back(!share->is_unknown && !share->has_sign);
    if (is_plain.back() != 0) largest = std::max(largest, deal.share.high);
  }
  if (!csv.problem().empty())
    findings->error("csv", fmt::format("line {}", csv.line()), csv.problem());
  for (size_t i = 0; i < deals.size(); ++i) {
    if (is_plain[i] != 0 && largest > 1)
      deals[i].share = {deals[i].share.low / 100, deals[i].share.high / 100};
    if (deals[i].share.high > 1)
      findings->warning("share-out-of-range", fmt::format("line {}", deals[i].line),
                        "a share of more than the whole");
  }
  return deals;
}

}  // namespace entente::ownership
