// Whole files in memory: the largest feed is some 70 MB.
#include "stix/corpus.h"

#include <zstd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace entente::stix {
namespace fs = std::filesystem;
namespace {

constexpr size_t kInflatedBytesMax = size_t{1} << 30;

std::optional<std::string> inflate(const std::string& packed) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
      size > kInflatedBytesMax)
    return std::nullopt;
  std::string bytes;
  bytes.reserve(size + json::kPaddingBytes);
  bytes.resize(size);
  const size_t written = ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(written) != 0 || written != size) return std::nullopt;
  return bytes;
}

bool is_lines(const std::string& path) { return path.find(".jsonl") != std::string::npos; }

void use_root(json::Value root, const std::function<void(json::Value)>& use) {
  json::Value list = root;
  if (root.is_object()) {
    const auto objects = root.find("objects");
    const auto type = root.find("type");
    if (!type || !type->text_is("bundle") || !objects || !objects->is_array()) return use(root);
    list = *objects;
  }
  for (const json::Value element : list.elements()) use(element);
}

}  // namespace

std::optional<std::string> shared_folder() {
  if (const char* named = std::getenv("ENTENTE_SHARED"))
    return fs::is_directory(named) ? std::optional(named) : std::nullopt;
  for (fs::path at = ENTENTE_SOURCE_DIR; at.has_relative_path(); at = at.parent_path()) {
    if (fs::is_directory(at / "shared" / "data")) return (at / "shared").string();
  }
  return std::nullopt;
}

std::vector<std::string> corpus_files(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (entry.is_regular_file() &&
        (extension == ".json" || extension == ".jsonl" || extension == ".zst")) {
      files.push_back(entry.path().string());
    }
  }
  std::ranges::sort(files);
  return files;
}

std::optional<std::string> read_corpus_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (path.ends_with(".zst")) return inflate(bytes);
  bytes.reserve(bytes.size() + json::kPaddingBytes);
  return bytes;
}

bool for_each_object(const std::string& path, const std::string& bytes,
                     const std::function<void(json::Value)>& use) {
  json::Parser parser;
  json::Document document;
  if (!is_lines(path)) {
    if (!parser.parse(bytes, &document)) return false;
    use_root(document.root(), use);
    return true;
  }
  size_t begin = 0;
  while (begin < bytes.size()) {
    size_t end = bytes.find('\n', begin);
    if (end == std::string::npos) end = bytes.size();
    const std::string line = json::padded(std::string_view(bytes).substr(begin, end - begin));
    begin = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (!parser.parse(line, &document)) return false;
    use_root(document.root(), use);
  }
  return true;
}

}  // namespace entente::stix
