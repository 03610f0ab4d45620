// Widths are counted in code points, which suits alphabets; wide characters may shift a table.
#include "ownership/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace entente::ownership {
namespace {

std::string percent(double share) {
  // Four places are what a person can use; bounds of "more than" differ beyond them.
  std::string text = fmt::format("{:.4f}", share * 100);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + " %";
}

size_t width_of(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

std::string json_of(Range range) { return fmt::format("[{},{}]", range.low, range.high); }

std::string_view json_of(Certainty certainty) {
  switch (certainty) {
    case Certainty::kNo:
      return "false";
    case Certainty::kPossible:
      return "\"possible\"";
    case Certainty::kYes:
      return "true";
  }
  return "false";
}

std::string json_of(const Findings& findings) {
  std::string out = "[";
  for (const Finding& finding : findings.list) {
    if (out.size() > 1) out += ',';
    out += fmt::format("{{\"weight\":\"{}\",\"code\":{},\"place\":{},\"detail\":{}}}",
                       finding.weight == Finding::Weight::kError ? "error" : "warning",
                       json_quote(finding.code), json_quote(finding.place),
                       json_quote(finding.detail));
  }
  return out + "]";
}

std::string ids_json(const Graph& graph, const std::vector<PartyIndex>& parties) {
  std::string out = "[";
  for (const PartyIndex party : parties)
    out += (out.size() > 1 ? "," : "") + json_quote(graph.parties[party].id);
  return out + "]";
}

std::string findings_json(const std::vector<Finding>& own, const Findings* reading) {
  Findings all = reading == nullptr ? Findings{} : *reading;
  all.list.insert(all.list.end(), own.begin(), own.end());
  return json_of(all);
}

std::string path_text(const Graph& graph, const std::vector<PartyIndex>& path) {
  std::string out;
  for (const PartyIndex party : path)
    out += (out.empty() ? "" : " > ") + text_of(graph.parties[party]);
  return out;
}

std::string text_of(Range range) {
  if (range.low <= 0 && range.high >= 1) return "unknown";
  const std::string low = percent(range.low), high = percent(range.high);
  if (low == high) return low;
  return low + " to " + high;
}

std::string_view text_of(Certainty certainty) {
  switch (certainty) {
    case Certainty::kNo:
      return "no";
    case Certainty::kPossible:
      return "possible";
    case Certainty::kYes:
      return "yes";
  }
  return "no";
}

std::string text_of(const Party& party) {
  if (party.name.empty() || party.name == party.id) return visible(party.id);
  return visible(party.name) + " (" + visible(party.id) + ")";
}

std::string table_text(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i)
      line += row[i] + std::string(widths[i] - width_of(row[i]) + 2, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace entente::ownership
