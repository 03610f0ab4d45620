// The reliability diagram: how often matches of a score are right, as a picture.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>

#include "run.h"

namespace entente::bench {
namespace {

constexpr int kBins = 10;
constexpr double kSide = 360, kLeft = 56, kTop = 28;

struct Bin {
  double sum = 0, right = 0, count = 0;
};

}  // namespace

bool write_reliability(const std::string& path,
                       const std::vector<std::pair<double, bool>>& judged) {
  std::array<Bin, kBins> bins;
  for (const auto& [score, is_right] : judged) {
    Bin& bin = bins[static_cast<size_t>(std::clamp(score * kBins, 0.0, kBins - 0.001))];
    bin.sum += score;
    bin.right += is_right ? 1 : 0;
    bin.count += 1;
  }
  const auto x = [](double value) { return kLeft + value * kSide; };
  const auto y = [](double value) { return kTop + (1 - value) * kSide; };
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" "
      "font-family=\"sans-serif\" font-size=\"12\">\n"
      "<title>Reliability of name scores</title>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
      kLeft + kSide + 24, kTop + kSide + 52);
  for (int i = 0; i <= 5; ++i) {
    const double at = i / 5.0;
    out += fmt::format(
        "<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\" stroke=\"#dddddd\"/>\n"
        "<line x1=\"{3:.1f}\" y1=\"{4:.1f}\" x2=\"{5:.1f}\" y2=\"{4:.1f}\" stroke=\"#dddddd\"/>\n"
        "<text x=\"{0:.1f}\" y=\"{6:.1f}\" text-anchor=\"middle\">{7:.1f}</text>\n"
        "<text x=\"{8:.1f}\" y=\"{9:.1f}\" text-anchor=\"end\">{7:.1f}</text>\n",
        x(at), y(0), y(1), x(0), y(at), x(1), y(0) + 16, at, x(0) - 6, y(at) + 4);
  }
  out += fmt::format(
      "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#888888\" "
      "stroke-dasharray=\"4 4\"/>\n",
      x(0), y(0), x(1), y(1));
  std::string line;
  for (const Bin& bin : bins) {
    if (bin.count == 0) continue;
    const double score = bin.sum / bin.count, share = bin.right / bin.count;
    // Twice the standard error of the share.
    const double room = 2 * std::sqrt(std::max(share * (1 - share), 1e-4) / bin.count);
    line += fmt::format("{:.1f},{:.1f} ", x(score), y(share));
    out += fmt::format(
        "<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\" stroke=\"#1f5fa8\"/>\n"
        "<circle cx=\"{0:.1f}\" cy=\"{3:.1f}\" r=\"4\" fill=\"#1f5fa8\"><title>{4:.3f}: {5:.3f} of "
        "{6:.0f}</title></circle>\n",
        x(score), y(std::max(share - room, 0.0)), y(std::min(share + room, 1.0)), y(share), score,
        share, bin.count);
  }
  out += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"#1f5fa8\"/>\n", line);
  out += fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">score</text>\n"
      "<text x=\"14\" y=\"{:.1f}\" text-anchor=\"middle\" transform=\"rotate(-90 14 "
      "{:.1f})\">share "
      "that is right</text>\n</svg>\n",
      x(0.5), y(0) + 38, y(0.5), y(0.5));
  std::ofstream file(path, std::ios::binary);
  file << out;
  return file.good();
}

}  // namespace entente::bench
