// Layers are longest distances from the target over the drawn lines, circles cut where they close; within a
// layer parties stand in the order of the mean place of what they hold in.
#include "ownership/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "ownership/limits.h"
#include "ownership/report.h"

namespace entente::ownership {
namespace {

struct Line {
  PartyIndex owner = kNoParty, owned = kNoParty;
  std::string label;
};

struct Drawing {
  std::vector<PartyIndex> parties;  // the target first
  std::vector<Line> lines;
  std::set<PartyIndex> controllers;
  size_t left_out = 0;  // owners without a path in the drawing
};

std::string label_of(const Snapshot& snapshot, PartyIndex owner, PartyIndex owned) {
  for (const Stake& stake : snapshot.owners_of(owned)) {
    if (stake.owner != owner) continue;
    if (stake.capital.high <= 0 && stake.votes.high <= 0) return "controls by right";
    if (stake.capital == stake.votes) return text_of(stake.capital);
    return fmt::format("{} / {} votes", text_of(stake.capital), text_of(stake.votes));
  }
  return {};
}

Drawing draw(const Owners& answer, const Snapshot& snapshot) {
  Drawing drawing;
  drawing.parties.push_back(answer.of);
  std::set<PartyIndex> known{answer.of};
  std::set<std::pair<PartyIndex, PartyIndex>> drawn;
  for (const Owner& owner : answer.owners) {
    bool is_drawn = false;
    for (const OwnerPath& path : owner.paths) {
      size_t more = 0;
      for (const PartyIndex party : path.parties) more += known.contains(party) ? 0 : 1;
      if (known.size() + more > limits::kPictureNodesMax) continue;
      is_drawn = true;
      for (const PartyIndex party : path.parties) {
        if (known.insert(party).second) drawing.parties.push_back(party);
      }
      for (size_t i = 0; i + 1 < path.parties.size(); ++i) {
        if (drawn.emplace(path.parties[i], path.parties[i + 1]).second)
          drawing.lines.push_back({path.parties[i], path.parties[i + 1],
                                   label_of(snapshot, path.parties[i], path.parties[i + 1])});
      }
    }
    drawing.left_out += is_drawn ? 0 : 1;
  }
  for (const Controller& one : answer.controllers) {
    if (one.votes.controls == Certainty::kYes) drawing.controllers.insert(one.party);
  }
  return drawing;
}

std::string title_of(const Owners& answer, const Snapshot& snapshot, const Drawing& drawing) {
  std::string title = fmt::format(
      "Owners of {} on {}", text_of(snapshot.graph().parties[answer.of]), format_day(answer.at));
  if (drawing.left_out > 0) title += fmt::format(" ({} owners not drawn)", drawing.left_out);
  return title;
}

std::string dot_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string xml_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// The first code points of a text, as many as fit into a box.
std::string shortened(std::string_view text) {
  constexpr size_t kFits = 26;
  size_t points = 0, at = 0;
  for (; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && ++points > kFits) return std::string(text.substr(0, at)) + "...";
  }
  return std::string(text);
}

struct Place {
  int layer = 0;
  double x = 0, y = 0;
};

constexpr double kBoxWidth = 190, kBoxHeight = 44, kGapX = 24, kGapY = 74, kMargin = 30;

std::map<PartyIndex, Place> place_parties(const Drawing& drawing) {
  std::map<PartyIndex, Place> places;
  for (const PartyIndex party : drawing.parties) places[party];
  // As many rounds as there are parties would do; a circle stops rising after a few.
  constexpr int kLayersMax = 24;
  for (int round = 0; round < kLayersMax; ++round) {
    for (const Line& line : drawing.lines) {
      int& layer = places[line.owner].layer;
      if (line.owner != drawing.parties[0])
        layer = std::min(kLayersMax, std::max(layer, places[line.owned].layer + 1));
    }
  }
  std::map<int, std::vector<PartyIndex>> layers;
  for (const PartyIndex party : drawing.parties) layers[places[party].layer].push_back(party);
  size_t widest = 0;
  for (const auto& [layer, parties] : layers) widest = std::max(widest, parties.size());
  const double width = static_cast<double>(widest) * (kBoxWidth + kGapX);
  int row = static_cast<int>(layers.size());
  for (auto& [layer, parties] : layers) {
    std::map<PartyIndex, double> wish;
    for (const PartyIndex party : parties) {
      double sum = 0, count = 0;
      for (const Line& line : drawing.lines) {
        if (line.owner == party && places[line.owned].layer < layer) {
          sum += places[line.owned].x;
          ++count;
        }
      }
      wish[party] = count > 0 ? sum / count : width;
    }
    std::ranges::sort(parties, {}, [&](PartyIndex party) { return std::pair(wish[party], party); });
    const double left = (width - static_cast<double>(parties.size()) * (kBoxWidth + kGapX)) / 2;
    --row;
    for (size_t i = 0; i < parties.size(); ++i) {
      places[parties[i]].x = kMargin + left + static_cast<double>(i) * (kBoxWidth + kGapX);
      places[parties[i]].y = 2 * kMargin + row * (kBoxHeight + kGapY);
    }
  }
  return places;
}

std::string svg_line(const Line& line, const Place& from, const Place& to) {
  const double x1 = from.x + kBoxWidth / 2, x2 = to.x + kBoxWidth / 2;
  const bool is_down = from.y < to.y;
  const double y1 = is_down ? from.y + kBoxHeight : from.y, y2 = is_down ? to.y : to.y + kBoxHeight;
  return fmt::format(
      "<line x1=\"{:.0f}\" y1=\"{:.0f}\" x2=\"{:.0f}\" y2=\"{:.0f}\" stroke=\"#667\" "
      "marker-end=\"url(#a)\"/><text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"middle\" "
      "fill=\"#223\" stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">{}</text>\n",
      x1, y1, x2, y2, (x1 + x2) / 2, (y1 + y2) / 2 + 4, xml_escaped(line.label));
}

std::string svg_box(const Party& party, const Place& place, bool is_target, bool controls) {
  const std::string_view fill = is_target ? "#ffe9b8" : controls ? "#f6c9c4" : "#e8eef7";
  const std::string name = visible(party.name.empty() ? party.id : party.name);
  return fmt::format(
      "<g><title>{}</title><rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"{:.0f}\" height=\"{:.0f}\" "
      "rx=\"4\" "
      "fill=\"{}\" stroke=\"#445\"/><text x=\"{:.0f}\" y=\"{:.0f}\" "
      "text-anchor=\"middle\">{}</text>"
      "<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"middle\" fill=\"#556\">{}{}</text></g>\n",
      xml_escaped(text_of(party)), place.x, place.y, kBoxWidth, kBoxHeight, fill,
      place.x + kBoxWidth / 2, place.y + 18, xml_escaped(shortened(name)), place.x + kBoxWidth / 2,
      place.y + 35, party.kind == PartyKind::kUnspecified ? "" : name_of(party.kind),
      controls ? " controls" : "");
}

}  // namespace

std::string to_dot(const Owners& answer, const Snapshot& snapshot) {
  const Drawing drawing = draw(answer, snapshot);
  const auto& parties = snapshot.graph().parties;
  std::string out = "digraph owners {\n  label=" + dot_quoted(title_of(answer, snapshot, drawing)) +
                    ";\n  node [shape=box];\n";
  for (const PartyIndex party : drawing.parties) {
    const bool controls = drawing.controllers.contains(party);
    out += fmt::format("  n{} [label={}{}];\n", party, dot_quoted(text_of(parties[party])),
                       party == answer.of ? ",style=bold"
                       : controls         ? ",style=filled"
                                          : "");
  }
  for (const Line& line : drawing.lines)
    out +=
        fmt::format("  n{} -> n{} [label={}];\n", line.owner, line.owned, dot_quoted(line.label));
  return out + "}\n";
}

std::string to_svg(const Owners& answer, const Snapshot& snapshot) {
  const Drawing drawing = draw(answer, snapshot);
  const auto& parties = snapshot.graph().parties;
  const std::map<PartyIndex, Place> places = place_parties(drawing);
  double width = 0, height = 0;
  for (const auto& [party, place] : places) {
    width = std::max(width, place.x + kBoxWidth + kMargin);
    height = std::max(height, place.y + kBoxHeight + kMargin);
  }
  const std::string title = xml_escaped(title_of(answer, snapshot, drawing));
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" width=\"{:.0f}\" "
      "height=\"{:.0f}\" font-family=\"sans-serif\" font-size=\"12\" "
      "role=\"img\">\n<title>{}</title>\n"
      "<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" "
      "markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" "
      "fill=\"#667\"/></marker></defs>\n"
      "<text x=\"{:.0f}\" y=\"{:.0f}\" font-size=\"15\">{}</text>\n",
      width, height, width, height, title, kMargin, kMargin, title);
  for (const Line& line : drawing.lines)
    out += svg_line(line, places.at(line.owner), places.at(line.owned));
  for (const auto& [party, place] : places)
    out += svg_box(parties[party], place, party == answer.of, drawing.controllers.contains(party));
  return out + "</svg>\n";
}

}  // namespace entente::ownership
