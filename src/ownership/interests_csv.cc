// Shares are kept as written until the whole table has been seen and its unit is known; then they are scaled,
// and lines with a share of more than the whole are taken out again.
#include "ownership/interests_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "ownership/csv.h"
#include "ownership/limits.h"
#include "ownership/share_text.h"

namespace entente::ownership {
namespace {

enum Column : uint8_t {
  kOwner,
  kOwned,
  kCapital,
  kVotes,
  kFrom,
  kTo,
  kKind,
  kOwnerName,
  kOwnedName,
  kOwnerKind,
  kOwnedKind,
  kOwnerCountry,
  kOwnedCountry,
  kOwnedSector,
  kSource,
  kConfidence,
  kColumnCount
};
constexpr std::array<std::string_view, kColumnCount> kColumnNames{
    "owner",         "owned",        "capital",    "votes",      "from",       "to",
    "kind",          "owner_name",   "owned_name", "owner_kind", "owned_kind", "owner_country",
    "owned_country", "owned_sector", "source",     "confidence"};

std::optional<PartyKind> party_kind_from(std::string_view name) {
  for (const PartyKind kind : {PartyKind::kUnspecified, PartyKind::kPerson, PartyKind::kEntity,
                               PartyKind::kState, PartyKind::kTrust, PartyKind::kAnonymous}) {
    if (equal_ignoring_case(name, name_of(kind))) return kind;
  }
  return std::nullopt;
}

class TableReader {
 public:
  TableReader(std::string_view text, ShareUnit unit, Graph* graph, Findings* findings)
      : csv_(text, guess_delimiter(text)),
        decimal_comma_(guess_delimiter(text) == ';'),
        unit_(unit),
        graph_(graph),
        findings_(findings),
        first_(graph->interests.size()) {}

  Result<void> read() {
    TRY(read_header());
    while (csv_.next()) {
      if (graph_->interests.size() >= limits::kInterestsMax ||
          graph_->parties.size() + 2 > limits::kPartiesMax)
        return fail(Code::kTooLarge, "more parties or interests than a graph holds");
      read_line();
    }
    if (!csv_.problem().empty())
      findings_->error("csv", fmt::format("line {}", csv_.line()), csv_.problem());
    scale();
    return {};
  }

 private:
  // How the shares of a line are written: to be scaled or not.
  struct Written {
    bool is_plain[2] = {false, false};
    bool is_above[2] = {false, false};
    bool high_is_open[2] = {false, false};
  };

  Result<void> read_header() {
    place_.fill(SIZE_MAX);
    if (!csv_.next()) return fail(Code::kInvalid, "the table is empty");
    for (size_t i = 0; i < csv_.fields().size(); ++i) {
      std::string_view name = trim(csv_.fields()[i]);
      if (equal_ignoring_case(name, "until")) name = "to";
      for (size_t c = 0; c < kColumnCount; ++c) {
        if (equal_ignoring_case(name, kColumnNames[c]) && place_[c] == SIZE_MAX) place_[c] = i;
      }
    }
    if (place_[kOwner] == SIZE_MAX || place_[kOwned] == SIZE_MAX)
      return fail(Code::kInvalid,
                  "the first line must name the columns, owner and owned among them");
    return {};
  }

  std::string_view field(Column column) const {
    const size_t place = place_[column];
    return place < csv_.fields().size() ? trim(csv_.fields()[place]) : std::string_view();
  }

  std::string place_text() const { return fmt::format("line {}", csv_.line()); }

  bool refuse(std::string code, std::string detail) {
    findings_->error(std::move(code), place_text(), std::move(detail));
    return false;
  }

  void read_line() {
    const std::string_view owner = field(kOwner), owned = field(kOwned);
    if (owned.empty()) {
      refuse("owned-missing", "no party that is owned");
      return;
    }
    if (owner.size() > limits::kIdBytesMax || owned.size() > limits::kIdBytesMax) {
      refuse("id-too-long", fmt::format("an id of more than {} bytes", limits::kIdBytesMax));
      return;
    }
    Interest interest;
    Written written;
    if (!read_kind(&interest) || !read_share(kCapital, 0, &interest.capital, &interest, &written) ||
        !read_share(kVotes, 1, &interest.votes, &interest, &written) || !read_dates(&interest) ||
        !read_confidence(&interest))
      return;
    interest.owned = graph_->party(owned);
    if (owner.empty()) {
      std::string id = fmt::format("unknown owner, line {}", csv_.line());
      while (graph_->find(id)) id += "'";  // of another table
      interest.owner = graph_->party(id);
      graph_->parties[interest.owner].kind = PartyKind::kAnonymous;
    } else {
      interest.owner = graph_->party(owner);
    }
    interest.line = csv_.line();
    if (!field(kSource).empty()) interest.source = graph_->source(field(kSource));
    describe(interest.owner, kOwnerName, kOwnerKind, kOwnerCountry);
    describe(interest.owned, kOwnedName, kOwnedKind, kOwnedCountry);
    if (!field(kOwnedSector).empty()) {
      auto& sectors = graph_->parties[interest.owned].sectors;
      if (std::ranges::find(sectors, field(kOwnedSector)) == sectors.end())
        sectors.emplace_back(field(kOwnedSector));
    }
    graph_->interests.push_back(interest);
    written_.push_back(written);
  }

  bool read_kind(Interest* interest) {
    if (field(kKind).empty()) return true;
    const auto kind = interest_kind_from(field(kKind));
    if (!kind) return refuse("kind-unknown", fmt::format("no kind of interest '{}'", field(kKind)));
    interest->kind = *kind;
    return true;
  }

  bool read_share(Column column, size_t which, Range* range, Interest* interest, Written* written) {
    std::string text(field(column));
    if (decimal_comma_ && text.find('.') == std::string::npos && std::ranges::count(text, ',') == 1)
      std::ranges::replace(text, ',', '.');
    const auto share = parse_share(text);
    if (!share) {
      return refuse("share-unreadable",
                    fmt::format("{} '{}' cannot be read as a share", kColumnNames[column], text));
    }
    // A right without a stated share carries none; shares without a stated share carry some.
    const bool is_right = interest->kind != InterestKind::kShares &&
                          interest->kind != InterestKind::kNominee &&
                          interest->kind != InterestKind::kConsolidation;
    *range = share->is_unknown && is_right ? kNothing : share->range;
    written->is_plain[which] = !share->is_unknown && !share->has_sign;
    written->is_above[which] = share->is_above;
    written->high_is_open[which] = share->high_is_open;
    if (written->is_plain[which]) largest_ = std::max(largest_, share->range.high);
    return true;
  }

  bool read_dates(Interest* interest) {
    if (!field(kFrom).empty()) {
      const auto day = parse_day(field(kFrom));
      if (!day) return refuse("date-unreadable", fmt::format("from '{}'", field(kFrom)));
      interest->from = *day;
    }
    if (!field(kTo).empty()) {
      const auto day = parse_day(field(kTo), PeriodEdge::kAfter);
      if (!day) return refuse("date-unreadable", fmt::format("to '{}'", field(kTo)));
      interest->to = *day;
    }
    if (interest->from > interest->to) return refuse("dates-reversed", "from is after to");
    return true;
  }

  bool read_confidence(Interest* interest) {
    if (field(kConfidence).empty()) return true;
    const auto share = parse_share(field(kConfidence));
    if (!share || share->is_unknown || share->range.high > 1)
      return refuse("confidence-unreadable", "confidence is a number from 0 to 1");
    interest->confidence = static_cast<float>(share->range.low);
    return true;
  }

  void describe(PartyIndex index, Column name, Column kind, Column country) {
    Party& party = graph_->parties[index];
    if (party.name.empty()) party.name = field(name);
    if (party.country.empty()) party.country = field(country);
    if (field(kind).empty()) return;
    if (const auto known = party_kind_from(field(kind))) {
      party.kind = *known;
    } else {
      findings_->warning("party-kind-unknown", place_text(),
                         fmt::format("no kind of party '{}'", field(kind)));
    }
  }

  void scale() {
    const bool is_percent =
        unit_ == ShareUnit::kPercent || (unit_ == ShareUnit::kGuess && largest_ > 1);
    const double whole = is_percent ? 100 : 1;
    size_t kept = first_;
    for (size_t i = first_; i < graph_->interests.size(); ++i) {
      Interest& interest = graph_->interests[i];
      const Written& written = written_[i - first_];
      Range* const ranges[] = {&interest.capital, &interest.votes};
      bool is_good = true;
      for (size_t which = 0; which < 2; ++which) {
        Range& range = *ranges[which];
        if (written.is_plain[which]) range = {range.low / whole, range.high / whole};
        if (written.is_above[which]) range.low += kStrictlyMore;
        if (written.high_is_open[which]) range.high = 1;
        is_good = is_good && range.high <= 1 + kShareEpsilon;
        range.high = std::min(1.0, range.high);
        range.low = std::min(range.low, range.high);
      }
      if (is_good) {
        graph_->interests[kept++] = interest;
      } else {
        findings_->error("share-out-of-range", fmt::format("line {}", interest.line),
                         "a share of more than the whole");
      }
    }
    graph_->interests.resize(kept);
    if (unit_ == ShareUnit::kGuess && largest_ > 1 && largest_ <= 2) {
      findings_->warning("unit-doubtful", "",
                         fmt::format("the largest share is {}: read as percentages", largest_));
    }
  }

  CsvReader csv_;
  bool decimal_comma_;
  ShareUnit unit_;
  Graph* graph_;
  Findings* findings_;
  size_t first_;
  double largest_ = 0;
  std::array<size_t, kColumnCount> place_{};
  std::vector<Written> written_;
};

}  // namespace

Result<void> read_interests_csv(std::string_view text, ShareUnit unit, Graph* graph,
                                Findings* findings) {
  return TableReader(text, unit, graph, findings).read();
}

}  // namespace entente::ownership
