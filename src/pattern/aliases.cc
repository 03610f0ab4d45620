// The text is edited rather than the tree, so that all that comes after (the engine, the oracle, printing, explaining)
// knows nothing of aliases.
#include "pattern/aliases.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace entente::pattern {
namespace {

struct Alias {
  std::string_view written, meant;
};

// Names of algorithms, in lower case and without hyphens. [stix21 10.7]
constexpr std::array kHashes = {
    Alias{"md5", "MD5"},          Alias{"sha1", "'SHA-1'"},       Alias{"sha256", "'SHA-256'"},
    Alias{"sha512", "'SHA-512'"}, Alias{"sha3256", "'SHA3-256'"}, Alias{"sha3512", "'SHA3-512'"},
    Alias{"ssdeep", "SSDEEP"},    Alias{"tlsh", "TLSH"}};

constexpr std::array kTypes = {Alias{"win-registry-key", "windows-registry-key"},
                               Alias{"registry-key", "windows-registry-key"},
                               Alias{"email", "email-message"},
                               Alias{"email-address", "email-addr"},
                               Alias{"ipv4", "ipv4-addr"},
                               Alias{"ipv6", "ipv6-addr"},
                               Alias{"domain", "domain-name"},
                               Alias{"hostname", "domain-name"}};

// What a path begins with.
constexpr std::array kPrefixes = {
    // As STIX 2.0 had them.
    Alias{"process:name", "process:image_ref.name"},
    Alias{"process:binary_ref", "process:image_ref"},
    Alias{"user-account:password_last_changed", "user-account:credential_last_changed"},
    // Extensions as if they were types.
    Alias{"http-request-ext:", "network-traffic:extensions.'http-request-ext'."},
    Alias{"tcp-ext:", "network-traffic:extensions.'tcp-ext'."},
    Alias{"socket-ext:", "network-traffic:extensions.'socket-ext'."},
    Alias{"icmp-ext:", "network-traffic:extensions.'icmp-ext'."}};

struct Edit {
  uint32_t begin, end;
  std::string text;
};

template <class All>
const Alias* find(const All& all, std::string_view written) {
  const auto at = std::ranges::find(all, written, &Alias::written);
  return at == all.end() ? nullptr : &*at;
}

// Whether the prefix ends where a name does.
bool begins_with(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (prefix.ends_with(':') || path.size() == prefix.size() ||
                                      path[prefix.size()] == '.' || path[prefix.size()] == '[');
}

void add_edits(const Pattern& pattern, const Comparison& comparison, std::vector<Edit>* edits) {
  const uint32_t begin = comparison.type.begin;
  const std::string_view path = pattern.slice({begin, comparison.path_end});
  for (const Alias& alias : kPrefixes) {
    if (begins_with(path, alias.written)) {
      const auto end = begin + static_cast<uint32_t>(alias.written.size());
      edits->push_back({begin, end, std::string(alias.meant)});
      break;
    }
  }
  if (const Alias* const type = find(kTypes, pattern.slice(comparison.type)))
    edits->push_back({begin, comparison.type.end, std::string(type->meant)});
  std::string scratch;
  bool is_hash = false;
  for (uint32_t i = 0; i < comparison.steps_count; ++i) {
    const Step& step = pattern.steps[comparison.steps_begin + i];
    if (step.kind != StepKind::kName) continue;
    const std::string_view name = name_of(pattern, step, &scratch);
    if (is_hash) {
      std::string plain = to_lower_ascii(name);
      std::erase(plain, '-');
      std::erase(plain, '_');
      const Alias* const hash = find(kHashes, plain);
      // The slice of a step is what stands between its apostrophes, if there are any.
      Slice slice = step.name;
      if (slice.begin > 0 && pattern.text[slice.begin - 1] == '\'') {
        --slice.begin;
        ++slice.end;
      }
      if (hash != nullptr && hash->meant != name && hash->meant != "'" + std::string(name) + "'")
        edits->push_back({slice.begin, slice.end, std::string(hash->meant)});
    }
    is_hash = name == "hashes";
  }
}

}  // namespace

std::optional<std::string> resolve_aliases(const Pattern& pattern) {
  std::vector<Edit> edits;
  for (const Comparison& comparison : pattern.comparisons) add_edits(pattern, comparison, &edits);
  if (edits.empty()) return std::nullopt;
  std::ranges::sort(edits, {}, &Edit::begin);
  std::string out;
  uint32_t at = 0;
  for (const Edit& edit : edits) {
    out += pattern.slice({at, edit.begin});
    out += edit.text;
    at = edit.end;
  }
  return out + std::string(pattern.text.substr(at));
}

}  // namespace entente::pattern
