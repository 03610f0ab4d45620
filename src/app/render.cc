// Columns are as wide as their widest cell, in bytes: wide characters may shift a table, which no script reads.
#include "app/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/meter.h"
#include "base/text.h"

namespace entente::app {
namespace {

std::string cell(json::Value value) {
  if (value.is_string()) return printable(value.text());
  if (value.kind() == json::Kind::kTrue) return "yes";
  if (value.kind() == json::Kind::kFalse) return "no";
  if (value.is_array()) {
    if (value.size() == 0) return "none";
    std::string out;
    for (const json::Value element : value.elements())
      out += (out.empty() ? "" : " ") + cell(element);
    return out;
  }
  if (value.is_object()) {
    std::string out;
    for (const json::Member member : value.members()) {
      out += (out.empty() ? "" : " ") + printable(member.key.text()) + "=" + cell(member.value);
    }
    return out;
  }
  return std::string(value.raw());
}

std::string table(json::Value list) {
  std::vector<std::string> columns;
  for (const json::Value row : list.elements()) {
    for (const json::Member member : row.members()) {
      const std::string name = member.key.text();
      if (std::ranges::find(columns, name) == columns.end()) columns.push_back(name);
    }
  }
  std::vector<std::vector<std::string>> rows{columns};
  for (const json::Value row : list.elements()) {
    auto& cells = rows.emplace_back();
    for (const std::string& column : columns) {
      const auto value = row.find(column);
      cells.push_back(value ? cell(*value) : "");
    }
  }
  std::vector<size_t> widths(columns.size());
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) line += fmt::format("{:<{}}", row[i], widths[i] + 2);
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

bool is_table(json::Value value) {
  if (!value.is_array() || value.size() == 0) return false;
  for (const json::Value element : value.elements()) {
    if (!element.is_object()) return false;
  }
  return true;
}

std::string spaced(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

namespace {

// Depth is bounded by limits::kJsonDepthMax.
std::string render_at(json::Value object) {
  size_t width = 0;
  for (const json::Member member : object.members())
    width = std::max(width, member.key.text().size());
  std::string out;
  for (const json::Member member : object.members()) {
    if (is_table(member.value)) {
      out += table(member.value);
    } else if (member.value.is_object() && member.value.size() > 0) {
      out += "\n" + printable(spaced(member.key.text())) + "\n";
      const std::string inner = render_at(member.value);
      for (const std::string_view line : split(inner, '\n')) {
        if (!line.empty()) out += "  " + std::string(line) + "\n";
      }
    } else if (member.value.is_array() && object.size() == 1) {
      out += "no " + spaced(member.key.text()) + "\n";
    } else {
      out += fmt::format("{:<{}}", printable(spaced(member.key.text())), width + 2) +
             cell(member.value) + "\n";
    }
  }
  return out;
}

}  // namespace

std::string render(json::Value object) { return render_at(object); }

}  // namespace entente::app
