// Only the head of a file is looked at.
#include "ownership/read_graph.h"

#include "base/text.h"
#include "ownership/bods.h"
#include "ownership/ftm.h"
#include "ownership/gleif.h"
#include "ownership/sec.h"

namespace entente::ownership {

std::string_view name_of(GraphFormat format) {
  switch (format) {
    case GraphFormat::kCsv:
      return "csv";
    case GraphFormat::kSec:
      return "sec";
    case GraphFormat::kBods:
      return "bods";
    case GraphFormat::kGleif:
      return "gleif";
    case GraphFormat::kFtm:
      return "ftm";
  }
  return "csv";
}

GraphFormat guess_format(std::string_view text) {
  constexpr size_t kLooked = 64 * 1024;
  std::string_view head = text.substr(0, kLooked);
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  head = trim(head);
  const auto has = [&](std::string_view word) { return head.find(word) != std::string_view::npos; };
  if (head.starts_with('<')) return GraphFormat::kGleif;
  if (head.starts_with('[') || head.starts_with('{')) {
    if (has("\"statementId\"") || has("\"recordDetails\"") || has("\"statementDate\""))
      return GraphFormat::kBods;
    if (has("\"schema\"")) return GraphFormat::kFtm;
    if (has("\"Relationship\"") || has("\"ExceptionReason\"") || has("\"LEI\""))
      return GraphFormat::kGleif;
    return GraphFormat::kBods;
  }
  const std::string_view header = head.substr(0, head.find_first_of("\r\n"));
  if (header.find("percent_of_class") != std::string_view::npos) return GraphFormat::kSec;
  return GraphFormat::kCsv;
}

Result<void> read_graph(std::string_view text, ShareUnit unit, Graph* graph, Findings* findings) {
  switch (guess_format(text)) {
    case GraphFormat::kCsv:
      return read_interests_csv(text, unit, graph, findings);
    case GraphFormat::kSec:
      return read_sec(text, graph, findings);
    case GraphFormat::kBods:
      return read_bods(text, graph, findings);
    case GraphFormat::kGleif:
      return read_gleif(text, graph, findings);
    case GraphFormat::kFtm:
      return read_ftm(text, graph, findings);
  }
  return {};
}

}  // namespace entente::ownership
