// XML and JSON are flattened to the same leaves; a record is told by what it holds.
#include "ownership/gleif.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "base/text.h"
#include "ownership/flat_record.h"
#include "ownership/limits.h"
#include "ownership/share_text.h"

namespace entente::ownership {
namespace {

constexpr std::array<std::string_view, 3> kRecords{"LEIRecord", "RelationshipRecord", "Exception"};

class Reader {
 public:
  Reader(Graph* graph, Findings* findings) : graph_(graph), findings_(findings) {}

  Result<void> record(std::span<const Leaf> leaves) {
    ++number_;
    if (graph_->parties.size() + 3 > limits::kPartiesMax ||
        graph_->interests.size() >= limits::kInterestsMax)
      return fail(Code::kTooLarge, "more parties or interests than a graph holds");
    for (const Leaf& leaf : leaves) {
      if (leaf.text.size() > limits::kFieldBytesMax) {
        refuse("too-long", "a value is too long");
        return {};
      }
    }
    if (!leaf_text(leaves, "Relationship/RelationshipType").empty()) {
      relationship(leaves);
    } else if (!leaf_text(leaves, "ExceptionReason").empty()) {
      exception(leaves);
    } else if (!leaf_text(leaves, "Entity/LegalName").empty()) {
      entity(leaves);
    } else {
      refuse("record-unknown", "neither an entity, a relationship nor an exception");
    }
    return {};
  }

 private:
  void refuse(std::string code, std::string detail) {
    findings_->error(std::move(code), fmt::format("record {}", number_), std::move(detail));
  }

  void entity(std::span<const Leaf> leaves) {
    const std::string_view lei = leaf_text(leaves, "LEI");
    if (lei.empty() || lei.size() > limits::kIdBytesMax) return refuse("lei-missing", "no LEI");
    Party& party = graph_->parties[graph_->party(lei)];
    party.name = leaf_text(leaves, "Entity/LegalName");
    party.kind = leaf_text(leaves, "EntityCategory") == "RESIDENT_GOVERNMENT_ENTITY" ||
                         leaf_text(leaves, "EntityCategory") == "INTERNATIONAL_ORGANIZATION"
                     ? PartyKind::kState
                     : PartyKind::kEntity;
    const std::string_view jurisdiction = leaf_text(leaves, "LegalJurisdiction");
    if (jurisdiction.size() >= 2) party.country = jurisdiction.substr(0, 2);
  }

  void relationship(std::span<const Leaf> leaves) {
    const std::string_view child = leaf_text(leaves, "StartNode/NodeID");
    const std::string_view parent = leaf_text(leaves, "EndNode/NodeID");
    if (child.empty() || parent.empty() || child.size() > limits::kIdBytesMax ||
        parent.size() > limits::kIdBytesMax)
      return refuse("node-missing", "a relationship without one of its ends");
    const std::string_view type = leaf_text(leaves, "Relationship/RelationshipType");
    Interest interest;
    interest.line = number_;
    if (type == "IS_DIRECTLY_CONSOLIDATED_BY" || type == "IS_ULTIMATELY_CONSOLIDATED_BY") {
      interest.kind = InterestKind::kConsolidation;
      interest.capital = interest.votes = kUnknown;
      interest.is_indirect = type == "IS_ULTIMATELY_CONSOLIDATED_BY";
      quantify(leaves, &interest);
    } else if (type == "IS_INTERNATIONAL_BRANCH_OF") {
      interest.kind = InterestKind::kConsolidation;
      interest.capital = interest.votes = {1, 1};
    } else if (type == "IS_FUND-MANAGED_BY" || type == "IS_SUBFUND_OF" || type == "IS_FEEDER_TO") {
      interest.kind = InterestKind::kInfluence;
    } else {
      return refuse("relationship-unknown", fmt::format("no relationship '{}'", type));
    }
    // What has ended is told by its dates; of what is said to be over without any, nothing is known.
    const bool has_dates = periods(leaves, &interest);
    const std::string_view status = leaf_text(leaves, "RelationshipStatus");
    const std::string_view registration = leaf_text(leaves, "Registration/RegistrationStatus");
    if (registration == "ANNULLED" || registration == "DUPLICATE" ||
        (status == "INACTIVE" && (!has_dates || interest.to == kDayLast)))
      return;
    interest.owner = graph_->party(parent);
    interest.owned = graph_->party(child);
    replace(interest);
  }

  // Dates of the relationship itself; those of the accounts do not say when it began.
  static bool periods(std::span<const Leaf> leaves, Interest* interest) {
    std::optional<Day> start, end;
    bool found = false;
    for (const Leaf& leaf : leaves) {
      const std::string_view path = leaf.path;
      if (path.find("RelationshipPeriod") == std::string_view::npos) continue;
      if (path.ends_with("StartDate")) {
        start = parse_day(leaf.text);
        end.reset();
      }
      if (path.ends_with("EndDate")) end = parse_day(leaf.text);
      if (!path.ends_with("PeriodType")) continue;
      if (leaf.text == "RELATIONSHIP_PERIOD") {
        interest->from = start.value_or(kDayFirst);
        interest->to = end.value_or(kDayLast);
        found = true;
      }
      start.reset();
      end.reset();
    }
    return found;
  }

  static void quantify(std::span<const Leaf> leaves, Interest* interest) {
    if (leaf_text(leaves, "QuantifierUnits") != "PERCENTAGE") return;
    const auto share = parse_share(leaf_text(leaves, "QuantifierAmount"));
    if (!share || share->is_unknown || share->range.high > 100) return;
    // Both 1.00 and 100.00 are written for a whole; a parent that consolidates has more than 1 %.
    const double whole = share->range.high > 1 ? 100 : 1;
    interest->capital = {share->range.low / whole, share->range.high / whole};
  }

  void exception(std::span<const Leaf> leaves) {
    const std::string_view lei = leaf_text(leaves, "LEI");
    if (lei.empty() || lei.size() > limits::kIdBytesMax) return refuse("lei-missing", "no LEI");
    const std::string_view reason = leaf_text(leaves, "ExceptionReason");
    const bool is_ultimate =
        leaf_text(leaves, "ExceptionCategory") == "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT";
    // Nobody consolidates it: that is no parent.
    if (reason == "NON_CONSOLIDATING" || reason == "NO_KNOWN_PERSON") return;
    Interest interest;
    interest.owned = graph_->party(lei);
    interest.owner =
        graph_->party(fmt::format("{} parent of {}", is_ultimate ? "ultimate" : "direct", lei));
    Party& party = graph_->parties[interest.owner];
    party.kind = PartyKind::kAnonymous;
    party.name =
        reason == "NATURAL_PERSONS" ? "natural persons" : fmt::format("not named ({})", reason);
    interest.kind = InterestKind::kShares;
    interest.capital = interest.votes = kUnknown;
    interest.is_indirect = is_ultimate;
    interest.line = number_;
    replace(interest);
  }

  // A newer record of the same relationship, as delta files bring them, takes the place of the older.
  void replace(const Interest& interest) {
    const std::string key = fmt::format("{} {} {} {}", interest.owner, interest.owned,
                                        static_cast<int>(interest.kind), interest.is_indirect);
    const auto [place, is_new] = places_.try_emplace(key, graph_->interests.size());
    if (is_new) {
      graph_->interests.push_back(interest);
    } else {
      graph_->interests[place->second] = interest;
    }
  }

  Graph* graph_;
  Findings* findings_;
  std::unordered_map<std::string, size_t> places_;
  uint32_t number_ = 0;
};

}  // namespace

Result<void> read_gleif(std::string_view text, Graph* graph, Findings* findings) {
  Reader reader(graph, findings);
  const RecordSink sink = [&](std::string_view, std::span<const Leaf> leaves) {
    return reader.record(leaves);
  };
  if (trim(text.substr(0, 1'000)).starts_with('<') || text.starts_with("\xEF\xBB\xBF<"))
    return for_each_xml_record(text, kRecords, sink);
  return for_each_json_record(text, sink);
}

}  // namespace entente::ownership
