// Schemata that link two parties stand in one table; whatever has a name and no link is a party.
#include "ownership/ftm.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "ownership/flat_record.h"
#include "ownership/limits.h"
#include "ownership/share_text.h"

namespace entente::ownership {
namespace {

struct Link {
  std::string_view schema, owner, owned;
  InterestKind kind;
};
constexpr std::array<Link, 5> kLinks{{
    {"Ownership", "owner", "asset", InterestKind::kShares},
    {"Directorship", "director", "organization", InterestKind::kInfluence},
    {"UnknownLink", "subject", "object", InterestKind::kInfluence},
    {"Membership", "member", "organization", InterestKind::kInfluence},
    {"Representation", "client", "agent", InterestKind::kNominator},
}};

constexpr std::array<std::pair<std::string_view, PartyKind>, 7> kParties{{
    {"Person", PartyKind::kPerson},
    {"Company", PartyKind::kEntity},
    {"Organization", PartyKind::kEntity},
    {"LegalEntity", PartyKind::kUnspecified},
    {"PublicBody", PartyKind::kState},
    {"Asset", PartyKind::kEntity},
    {"Trust", PartyKind::kTrust},
}};

class Reader {
 public:
  Reader(Graph* graph, Findings* findings) : graph_(graph), findings_(findings) {}

  Result<void> record(std::span<const Leaf> leaves) {
    ++number_;
    const std::string_view id = leaf_text(leaves, "id"), schema = leaf_text(leaves, "schema");
    if (id.empty() || schema.empty() || id.size() > limits::kIdBytesMax) {
      refuse("entity-incomplete", "an object without id or schema");
      return {};
    }
    for (const Link& link : kLinks) {
      if (link.schema == schema) return links(leaves, link);
    }
    for (const auto& [name, kind] : kParties) {
      if (name != schema) continue;
      if (graph_->parties.size() >= limits::kPartiesMax)
        return fail(Code::kTooLarge, "more parties than a graph holds");
      party(graph_->parties[graph_->party(id)], kind, leaves);
    }
    return {};
  }

 private:
  void refuse(std::string code, std::string detail) {
    findings_->error(std::move(code), fmt::format("record {}", number_), std::move(detail));
  }

  static void party(Party& party, PartyKind kind, std::span<const Leaf> leaves) {
    party.kind = kind;
    party.name = leaf_text(leaves, "caption");
    if (party.name.empty()) party.name = leaf_text(leaves, "properties/name");
    for (const std::string_view where :
         {"properties/jurisdiction", "properties/country", "properties/nationality"}) {
      const std::string_view country = leaf_text(leaves, where);
      if (country.size() < 2 || !party.country.empty()) continue;
      party.country = to_lower_ascii(country.substr(0, 2));
      for (char& c : party.country) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    }
  }

  static std::vector<std::string_view> all(std::span<const Leaf> leaves, std::string_view name) {
    const std::string path = fmt::format("properties/{}", name);
    std::vector<std::string_view> out;
    for (const Leaf& leaf : leaves) {
      // A nested entity stands for its id.
      if (leaf.path == path || leaf.path == path + "/id") out.push_back(leaf.text);
    }
    return out;
  }

  Result<void> links(std::span<const Leaf> leaves, const Link& link) {
    Interest interest;
    interest.kind = link.kind;
    interest.line = number_;
    if (link.kind == InterestKind::kShares) {
      interest.votes = kUnknown;
      const auto share = parse_share(leaf_text(leaves, "properties/percentage"));
      if (!share) {
        findings_->warning(
            "share-unreadable", fmt::format("record {}", number_),
            fmt::format("percentage '{}'", leaf_text(leaves, "properties/percentage")));
      }
      interest.capital = share ? scaled(*share) : kUnknown;
      if (interest.capital.low > 1) {
        refuse("share-out-of-range", "a share of more than the whole");
        return {};
      }
    }
    if (!dates(leaves, &interest)) return {};
    const auto owners = all(leaves, link.owner), owned = all(leaves, link.owned);
    if (owners.empty() || owned.empty()) {
      refuse("end-missing", fmt::format("no {} or no {}", link.owner, link.owned));
      return {};
    }
    for (const std::string_view one : owners) {
      for (const std::string_view other : owned) {
        if (graph_->interests.size() >= limits::kInterestsMax ||
            graph_->parties.size() + 2 > limits::kPartiesMax)
          return fail(Code::kTooLarge, "more parties or interests than a graph holds");
        if (one.size() > limits::kIdBytesMax || other.size() > limits::kIdBytesMax) continue;
        interest.owner = graph_->party(one);
        interest.owned = graph_->party(other);
        graph_->interests.push_back(interest);
      }
    }
    return {};
  }

  static Range scaled(const ShareText& share) {
    if (share.is_unknown) return kUnknown;
    Range range = share.range;
    if (!share.has_sign) range = {range.low / 100, range.high / 100};
    if (share.is_above) range.low += kStrictlyMore;
    if (share.high_is_open) range.high = 1;
    range.high = range.low > 1 ? range.high : std::min(1.0, range.high);
    return range;
  }

  bool dates(std::span<const Leaf> leaves, Interest* interest) {
    const std::string_view start = leaf_text(leaves, "properties/startDate");
    const std::string_view end = leaf_text(leaves, "properties/endDate");
    const auto from = parse_day(start), to = parse_day(end, PeriodEdge::kAfter);
    if ((!start.empty() && !from) || (!end.empty() && !to)) {
      refuse("date-unreadable", fmt::format("startDate '{}', endDate '{}'", start, end));
      return false;
    }
    interest->from = from.value_or(kDayFirst);
    interest->to = to.value_or(kDayLast);
    return true;
  }

  Graph* graph_;
  Findings* findings_;
  uint32_t number_ = 0;
};

}  // namespace

Result<void> read_ftm(std::string_view text, Graph* graph, Findings* findings) {
  Reader reader(graph, findings);
  return for_each_json_record(
      text, [&](std::string_view, std::span<const Leaf> leaves) { return reader.record(leaves); });
}

}  // namespace entente::ownership
