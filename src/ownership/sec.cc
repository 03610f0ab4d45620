// All filings of a pair in the order of their years, each ended by the next.
#include "ownership/sec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "ownership/csv.h"
#include "ownership/limits.h"
#include "ownership/share_text.h"

namespace entente::ownership {
namespace {

constexpr std::array<std::string_view, 5> kColumns{"accession_number", "company_cik", "owner_key",
                                                   "percent_of_class", "pct_source"};
constexpr double kReportedFrom = 0.05;

// The first day of the year in 0001026608-15-000014.
std::optional<Day> year_of(std::string_view accession) {
  const auto parts = split(accession, '-');
  if (parts.size() != 3 || parts[1].size() != 2) return std::nullopt;
  constexpr std::string_view kElectronicFrom = "93";
  return parse_day(fmt::format("{}{}", parts[1] >= kElectronicFrom ? "19" : "20", parts[1]));
}

}  // namespace

Result<void> read_sec(std::string_view text, Graph* graph, Findings* findings) {
  CsvReader csv(text);
  if (!csv.next()) return fail(Code::kInvalid, "the table is empty");
  std::array<size_t, kColumns.size()> place{};
  for (size_t i = 0; i < kColumns.size(); ++i) {
    const auto found = std::ranges::find(csv.fields(), kColumns[i]);
    if (found == csv.fields().end())
      return fail(Code::kInvalid, fmt::format("the table has no column {}", kColumns[i]));
    place[i] = static_cast<size_t>(found - csv.fields().begin());
  }
  std::map<std::pair<PartyIndex, PartyIndex>, std::vector<Interest>> filings;
  size_t count = 0;
  while (csv.next()) {
    const auto field = [&](size_t column) {
      return place[column] < csv.fields().size() ? trim(csv.fields()[place[column]])
                                                 : std::string_view();
    };
    const std::string at = fmt::format("line {}", csv.line());
    const auto year = year_of(field(0));
    const auto share = parse_share(field(3));
    if (!year || field(1).empty() || field(2).empty() || field(1).size() > limits::kIdBytesMax ||
        field(2).size() > limits::kIdBytesMax || !share || share->range.high > 100) {
      findings->error("filing-unreadable", at, "accession number, company, owner or percentage");
      continue;
    }
    if (++count > limits::kInterestsMax || graph->parties.size() + 2 > limits::kPartiesMax)
      return fail(Code::kTooLarge, "more parties or interests than a graph holds");
    Interest interest;
    interest.owner = graph->party(field(2));
    interest.owned = graph->party(field(1));
    interest.from = *year;
    interest.line = csv.line();
    const std::string_view source = field(4);
    const double whole = share->has_sign ? 1 : 100;
    interest.votes = {share->range.low / whole, share->range.high / whole};
    if (share->is_unknown) {
      interest.votes =
          source == "rejected_below_13d_threshold" ? Range{0, kReportedFrom} : kUnknown;
    }
    interest.capital = interest.votes;
    interest.confidence = source.starts_with("row") || source.empty() ? 0.9F : 0.6F;
    filings[{interest.owner, interest.owned}].push_back(interest);
  }
  if (!csv.problem().empty())
    findings->error("csv", fmt::format("line {}", csv.line()), csv.problem());
  for (auto& [pair, list] : filings) {
    std::ranges::sort(list, {}, [](const Interest& one) { return std::pair(one.from, one.line); });
    for (size_t i = 0; i < list.size(); ++i) {
      if (i + 1 < list.size()) list[i].to = list[i + 1].from;
      if (list[i].from < list[i].to) graph->interests.push_back(list[i]);
    }
  }
  return {};
}

}  // namespace entente::ownership
