// The answer of `entente rush` in words and in JSON.
#include <fmt/format.h>

#include "base/text.h"
#include "ownership/report.h"
#include "ownership/rush.h"

namespace entente::ownership {
namespace {

std::string texts_json(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json_quote(text);
  return out + "]";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : " ") + text;
  return out;
}

std::string json_of_deal(const Deal& deal) {
  std::string out =
      fmt::format("{{\"buyer\":{},\"target\":{},\"date\":{},\"share\":{}", json_quote(deal.buyer),
                  json_quote(deal.target), json_quote(format_day(deal.day)), json_of(deal.share));
  if (deal.price > 0) out += fmt::format(",\"price\":{}", deal.price);
  for (const auto& [name, text] :
       {std::pair<std::string_view, const std::string&>{"currency", deal.currency},
        {"sector", deal.sector},
        {"member", deal.member}}) {
    if (!text.empty()) out += fmt::format(",\"{}\":{}", name, json_quote(text));
  }
  return out + "}";
}

}  // namespace

std::string to_json(const RushAnswer& answer, const Findings* reading) {
  std::string out = fmt::format(
      "{{\"from\":{},\"to\":{},\"deals\":{},\"groups\":{},\"groups_tested\":{},\"false_alarm\":{},"
      "\"rushes\":[",
      json_quote(format_day(answer.from)), json_quote(format_day(answer.to)), answer.deals,
      answer.groups, answer.groups_tested, answer.false_alarm);
  bool is_first = true;
  for (const Rush& rush : answer.rushes) {
    out += is_first ? "" : ",";
    is_first = false;
    out += fmt::format(
        "{{\"alarm\":{},\"buyers\":{},\"members\":{},\"window_from\":{},\"deals_in_window\":{},"
        "\"deals_in_period\":{},\"expected\":{},\"p\":{},\"market_p\":{},\"deals_for_alarm\":{},"
        "\"deals\":[",
        rush.is_alarm, texts_json(rush.buyers), texts_json(rush.members),
        json_quote(format_day(rush.window_from)), rush.deals_in_window, rush.deals_in_period,
        rush.expected, rush.p, rush.market_p,
        rush.deals_for_alarm == 0 ? "null" : std::to_string(rush.deals_for_alarm));
    for (size_t i = 0; i < rush.deals.size(); ++i)
      out += (i == 0 ? "" : ",") + json_of_deal(rush.deals[i]);
    out += "]}";
  }
  return out + "],\"findings\":" + json_of(reading == nullptr ? Findings{} : *reading) + "}";
}

std::string to_text(const RushAnswer& answer) {
  std::string out = fmt::format(
      "{} deals from {} to {} by {} groups of connected buyers, {} of them with more than one\n"
      "False alarms: at most {:.3g} % of such runs, if deals come at their usual rates\n\n",
      answer.deals, format_day(answer.from), format_day(answer.to), answer.groups,
      answer.groups_tested, answer.false_alarm * 100);
  if (answer.rushes.empty()) return out + "nothing to test\n";
  std::vector<std::vector<std::string>> rows{
      {"alarm", "from", "deals", "usual", "alarm from", "p", "market p", "members", "buyers"}};
  for (const Rush& rush : answer.rushes) {
    rows.push_back({rush.is_alarm ? "YES" : "no", format_day(rush.window_from),
                    std::to_string(rush.deals_in_window), fmt::format("{:.2f}", rush.expected),
                    rush.deals_for_alarm == 0 ? "-" : std::to_string(rush.deals_for_alarm),
                    fmt::format("{:.2g}", rush.p), fmt::format("{:.2g}", rush.market_p),
                    joined(rush.members), joined(rush.buyers)});
  }
  return out + table_text(rows);
}

}  // namespace entente::ownership
