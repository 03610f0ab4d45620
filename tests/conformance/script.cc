// A script is read line by line and nothing is kept of it but what was saved. Patterns are ECMAScript regular expressions,
// searched for.
#include "tests/conformance/script.h"

#include <algorithm>
#include <regex>

#include "base/text.h"
#include "json/json.h"

namespace entente::testing {

std::string tool_id(int number) {
  const std::string digits = std::to_string(number);
  return "tool--c0f0c0f0-1111-4111-8111-" + std::string(12 - digits.size(), '0') + digits;
}

std::string tool_text(int number, int minute, const std::string& level) {
  static const std::map<std::string, std::string> kLevels{
      {"clear", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"},
      {"amber", "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"},
      {"red", "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"}};
  const std::string at =
      "2024-01-01T00:" + std::string(minute < 10 ? "0" : "") + std::to_string(minute) + ":00.000Z";
  std::string text = R"({"type":"tool","spec_version":"2.1","id":")" + tool_id(number) +
                     R"(","created":"2024-01-01T00:00:00.000Z","modified":")" + at +
                     R"(","name":"t)" + std::to_string(number) + "\"";
  if (!level.empty()) text += R"(,"object_marking_refs":[")" + kLevels.at(level) + "\"]";
  return text + "}";
}

namespace {

std::string to_base64(const std::string& text) {
  static const char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < text.size(); i += 3) {
    uint32_t bits = 0;
    const size_t count = std::min<size_t>(3, text.size() - i);
    for (size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (k < count ? static_cast<uint8_t>(text[i + k]) : 0u);
    for (size_t k = 0; k < 4; ++k) out += k <= count ? kDigits[bits >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

class Json {
 public:
  explicit Json(const std::string& text) : bytes_(json::padded(text)) {
    is_json_ = parser_.parse(bytes_, &document_).has_value();
  }
  bool is_json() const { return is_json_; }
  json::Value root() const { return document_.root(); }

 private:
  std::string bytes_;
  json::Parser parser_;
  json::Document document_;
  bool is_json_ = false;
};

std::string difference(json::Value wanted, json::Value found, const std::string& where) {
  const auto differs = [&] {
    return where + ": wanted " + std::string(wanted.raw()) + ", found " + std::string(found.raw());
  };
  if (wanted.kind() != found.kind()) return differs();
  if (wanted.is_object()) {
    for (const json::Member member : wanted.members()) {
      const auto inner = found.find(member.key.text());
      if (!inner) return where + ": no " + member.key.text() + " in " + std::string(found.raw());
      const std::string reason = difference(member.value, *inner, where + "/" + member.key.text());
      if (!reason.empty()) return reason;
    }
    return "";
  }
  if (wanted.is_array()) {
    if (wanted.size() != found.size()) return differs();
    auto other = found.elements().begin();
    size_t index = 0;
    for (const json::Value inner : wanted.elements()) {
      const std::string reason = difference(inner, *other, where + "/" + std::to_string(index++));
      if (!reason.empty()) return reason;
      ++other;
    }
    return "";
  }
  if (wanted.is_string()) return wanted.text() == found.text() ? "" : differs();
  return wanted.raw() == found.raw() ? "" : differs();
}

class Runner {
 public:
  Runner(const std::string& name, Target& target, int* requests)
      : name_(name), target_(target), requests_(requests) {}

  std::vector<std::string> run(const std::string& text) {
    for (const std::string_view raw : split(text, '\n')) {
      ++line_;
      const std::string line(raw);
      if (line.starts_with("## ")) title_ = line.substr(3);
      if (line.empty() || line.starts_with("#")) continue;
      if (line == "@wire") {
        wire_only_next_ = true;
      } else if (line.starts_with("> ") || line.starts_with(">|")) {
        read_request(line);
      } else if (line.starts_with("< ")) {
        send();
        if (!skipped_) expect(expand(line.substr(2)));
      } else {
        problem("no such line: " + line);
      }
    }
    send();
    return std::move(problems_);
  }

 private:
  void problem(const std::string& text) {
    problems_.push_back(name_ + ":" + std::to_string(line_) + ": " + title_ + ": " + text);
  }

  void read_request(const std::string& line) {
    if (line.starts_with(">|")) {
      body_ += (body_.empty() ? "" : "\n") + expand(line.substr(line.size() > 2 ? 3 : 2));
      return;
    }
    const std::string rest = expand(line.substr(2));
    static const std::regex kStart("^([A-Z]+) (/\\S*)(?: as (\\w+))?$");
    std::smatch parts;
    if (!std::regex_match(rest, parts, kStart)) {
      const size_t colon = rest.find(':');
      if (colon == std::string::npos) return problem("neither a request nor a header: " + rest);
      headers_.push_back({rest.substr(0, colon), std::string(trim(rest.substr(colon + 1)))});
      return;
    }
    send();
    method_ = parts[1];
    path_ = parts[2];
    is_waiting_ = true;
    skipped_ = wire_only_next_ && !target_.is_wire();
    wire_only_next_ = false;
    body_.clear();
    headers_.clear();
    if (parts[3].matched) headers_.push_back({"Authorization", "Bearer " + target_.key(parts[3])});
  }

  void send() {
    if (!is_waiting_) return;
    is_waiting_ = false;
    if (skipped_) return;
    answer_ = target_.ask(method_, path_, headers_, body_);
    ++*requests_;
  }

  void expect(const std::string& text) {
    static const std::regex kStatus("^\\d{3}$"), kMatch("^([\\w-]+) ~ (.*)$"),
        kHeader("^([\\w-]+): (.*)$");
    std::smatch parts;
    if (std::regex_match(text, kStatus)) {
      if (answer_.status != std::stoi(text)) {
        problem("status " + std::to_string(answer_.status) + ", wanted " + text + ": " +
                answer_.body.substr(0, 300));
      }
    } else if (text.starts_with("! ")) {
      if (!answer_.header(text.substr(2)).empty()) problem("there is a header " + text.substr(2));
    } else if (text.starts_with("body ")) {
      const std::string reason = json_difference(text.substr(5), answer_.body);
      if (!reason.empty()) problem("body: " + reason);
    } else if (text.starts_with("body=")) {
      const std::string wanted = text.size() > 6 ? text.substr(6) : "";
      if (answer_.body != wanted) problem("body: wanted " + wanted + "\n  found " + answer_.body);
    } else if (text.starts_with("body~ ")) {
      if (!matches(answer_.body, text.substr(6)))
        problem("body does not match " + text.substr(6) + ": " + answer_.body);
    } else if (text.starts_with("ids")) {
      const std::string found = ids();
      if (trim(text.substr(3)) != found)
        problem("ids: wanted " + text.substr(3) + ", found " + found);
    } else if (text.starts_with("save ")) {
      save(text.substr(5));
    } else if (std::regex_match(text, parts, kMatch)) {
      const std::string value = answer_.header(parts[1].str());
      if (!matches(value, parts[2]))
        problem(parts[1].str() + ": '" + value + "' does not match " + parts[2].str());
    } else if (std::regex_match(text, parts, kHeader)) {
      const std::string value = answer_.header(parts[1].str());
      if (value != parts[2].str())
        problem(parts[1].str() + ": wanted " + parts[2].str() + ", found '" + value + "'");
    } else {
      problem("no such expectation: " + text);
    }
  }

  static bool matches(const std::string& text, const std::string& pattern) {
    return std::regex_search(text, std::regex(pattern));
  }

  // The numbers of the tools in an envelope, a manifest or a list of the API.
  std::string ids() const {
    std::string out;
    static const std::regex kId("\"id\": ?\"tool--c0f0c0f0-1111-4111-8111-0*(\\d+)\"");
    for (auto at = std::sregex_iterator(answer_.body.begin(), answer_.body.end(), kId);
         at != std::sregex_iterator(); ++at) {
      out += (out.empty() ? "" : " ") + (*at)[1].str();
    }
    return out;
  }

  // "NAME member MEMBER" or "NAME header HEADER"
  void save(const std::string& text) {
    const auto words = split(text, ' ');
    if (words.size() != 3) return problem("save NAME member|header WHICH");
    std::string value;
    if (words[1] == "header") {
      value = answer_.header(words[2]);
    } else {
      const Json body(answer_.body);
      const auto found = body.is_json() ? body.root().find(words[2]) : std::nullopt;
      if (found) value = found->is_string() ? found->text() : std::string(found->raw());
    }
    if (value.empty())
      problem("there is no " + std::string(words[2]) + " to save in " + answer_.body);
    saved_[std::string(words[0])] = value;
  }

  std::string expand(const std::string& line) {
    static const std::regex kName("\\$(\\w+)(?:\\(([^()]*)\\))?");
    std::string out, rest = line;
    for (std::smatch found; std::regex_search(rest, found, kName); rest = found.suffix()) {
      out += found.prefix().str() + value_of(found[1], found[2].matched, found[2]);
    }
    return out + rest;
  }

  std::string value_of(const std::string& name, bool is_call, const std::string& text) {
    std::vector<std::string> words;
    for (const std::string_view word : split(text, ',')) words.emplace_back(word);
    const auto word = [&](size_t i) { return i < words.size() ? words[i] : std::string(); };
    if (!is_call) {
      const auto found = saved_.find(name);
      if (found == saved_.end()) problem("nothing was saved as " + name);
      return found == saved_.end() ? "" : found->second;
    }
    if (name == "tool")
      return tool_text(std::stoi(word(0)), word(1).empty() ? 0 : std::stoi(word(1)), word(2));
    if (name == "id") return tool_id(std::stoi(word(0)));
    if (name == "collection") return target_.collection_id(word(0));
    if (name == "key") return target_.key(word(0));
    if (name == "basic") return to_base64("user:" + target_.key(word(0)));
    if (name == "repeat") {
      std::string out;
      for (int i = std::stoi(word(0)); i > 0; --i) out += text.substr(word(0).size() + 1);
      return out;
    }
    problem("no such function: " + name);
    return "";
  }

  std::string name_;
  Target& target_;
  int* requests_;
  int line_ = 0;
  std::string title_;
  std::vector<std::string> problems_;
  bool wire_only_next_ = false, skipped_ = false, is_waiting_ = false;
  std::string method_, path_, body_;
  std::vector<Header> headers_;
  Answer answer_;
  std::map<std::string, std::string> saved_;
};

}  // namespace

std::string json_difference(const std::string& wanted, const std::string& found) {
  const Json a(wanted), b(found);
  if (!a.is_json()) return "the script's JSON is malformed: " + wanted;
  if (!b.is_json()) return "not JSON: " + found;
  return difference(a.root(), b.root(), "");
}

std::vector<std::string> run_script(const std::string& name, const std::string& text,
                                    Target& target, int* requests) {
  return Runner(name, target, requests).run(text);
}

}  // namespace entente::testing
