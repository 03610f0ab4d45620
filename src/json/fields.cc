#include "json/fields.h"

namespace entente::json {

std::string member_text(Value object, std::string_view name) {
  const auto value = object.find(name);
  return value && value->is_string() ? value->text() : std::string();
}

std::vector<std::string> strings_in(Value list) {
  std::vector<std::string> out;
  for (const Value element : list.elements()) {
    if (element.is_string()) out.push_back(element.text());
  }
  return out;
}

Result<Fields> Fields::parse(std::string_view text) {
  Fields out;
  out.parts_ = std::make_unique<Parts>();
  out.parts_->bytes = padded(text);
  Parser parser;
  const auto parsed = parser.parse(std::string_view(out.parts_->bytes).substr(0, text.size()),
                                   &out.parts_->document);
  if (!parsed) return fail(Code::kInvalid, "not JSON: " + parsed.error().detail);
  if (!out.root().is_object()) return fail(Code::kInvalid, "not a JSON object");
  return out;
}

std::optional<int64_t> Fields::integer(std::string_view name) const {
  const auto value = root().find(name);
  return value ? value->integer() : std::nullopt;
}

uint64_t Fields::count(std::string_view name) const {
  const int64_t value = integer(name).value_or(0);
  return value < 0 ? 0 : static_cast<uint64_t>(value);
}

bool Fields::flag(std::string_view name) const {
  const auto value = root().find(name);
  return value && value->kind() == Kind::kTrue;
}

std::vector<std::string> Fields::list(std::string_view name) const {
  const auto value = root().find(name);
  return value ? strings_in(*value) : std::vector<std::string>();
}

}  // namespace entente::json
