// Objects are written as text while fields are looked up, and parsed once more for the id that the standard makes
// of them: that is dearer than building ids by hand, and never disagrees with what the rest of the program says.
#include "logs/reader.h"

#include <algorithm>

#include "base/text.h"
#include "logs/form.h"
#include "logs/limits.h"
#include "stix/deterministic_id.h"
#include "stix/stix.h"

namespace entente::logs {
namespace {

// Version 5 UUIDs of log lines are made in this namespace.
constexpr uint8_t kNamespace[16] = {0x5e, 0x1d, 0x07, 0xc4, 0x93, 0x2b, 0x4a, 0x6e,
                                    0x8f, 0x51, 0x6b, 0xd0, 0x2a, 0xe7, 0x3c, 0x99};

// A field by its name: of "a.b.c" the member of that name, else "b.c" within "a", and so on.
std::optional<json::Value> find_field(json::Value object, std::string_view name, uint32_t parts) {
  if (auto value = object.find(name)) return value;
  if (parts == 0) return std::nullopt;
  for (size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
    const auto outer = object.find(name.substr(0, dot));
    if (!outer || !outer->is_object()) continue;
    if (auto value = find_field(*outer, name.substr(dot + 1), parts - 1)) return value;
  }
  return std::nullopt;
}

// The content of a JSON string that was just written.
std::string unquoted(const std::string& json) {
  const std::string bytes = json::padded(json);
  json::Parser parser;
  json::Document document;
  if (!parser.parse(std::string_view(bytes).substr(0, json.size()), &document)) return {};
  const json::Value value = document.root();
  return value.is_string() ? value.text() : std::string(value.raw());
}

}  // namespace

// The text of a string, number or boolean; false for anything else and for what says that nothing is there.
bool LogReader::scalar(json::Value value, Found* out) const {
  out->is_text = value.is_string();
  if (!out->is_text && !value.is_number() && !value.is_bool()) return false;
  out->text = out->is_text ? value.text() : std::string(value.raw());
  out->is_there = !out->text.empty() &&
                  std::ranges::find(mapping_.absent(), out->text) == mapping_.absent().end();
  return out->is_there;
}

std::optional<json::Value> LogReader::find_one(const std::string& field) const {
  for (const json::Value root : roots_) {
    const auto value = find_field(root, field, limits::kFieldPartsMax);
    if (!value || value->kind() == json::Kind::kNull) continue;
    Found found;
    if (value->is_object() || value->is_array() || scalar(*value, &found)) return value;
  }
  return std::nullopt;
}

std::optional<json::Value> LogReader::find(const std::vector<std::string>& fields) const {
  for (const std::string& field : fields) {
    const auto value = find_one(field);
    if (value && !value->is_object()) return value;
  }
  return std::nullopt;
}

LogReader::Found LogReader::value_of(const Source& source) const {
  Found out;
  std::optional<json::Value> value;
  if (!source.is_item) {
    value = find(source.fields);
  } else if (is_text_item_) {
    out = {item_text_, true, source.fields[0].empty() && !item_text_.empty()};
    return out;
  } else if (item_) {
    for (const std::string& field : source.fields) {
      value = field.empty() ? item_ : find_field(*item_, field, limits::kFieldPartsMax);
      Found found;
      if (value && scalar(*value, &found)) return found;
    }
    return out;
  }
  if (value && value->is_array()) {  // where one value is asked for, the first
    std::optional<json::Value> first;
    for (const json::Value each : value->elements()) {
      first = each;
      break;
    }
    value = first;
  }
  if (value) scalar(*value, &out);
  return out;
}

bool LogReader::applies(const Record& record) const {
  return std::ranges::all_of(record.conditions, [&](const Condition& condition) {
    const auto has = [&](const std::string& field) { return find_one(field).has_value(); };
    switch (condition.kind) {
      case Condition::Kind::kHas:
        return std::ranges::all_of(condition.fields, has);
      case Condition::Kind::kHasAny:
        return std::ranges::any_of(condition.fields, has);
      case Condition::Kind::kLacks:
        return std::ranges::none_of(condition.fields, has);
      default: {
        Found found;
        const auto value = find(condition.fields);
        return value && scalar(*value, &found) &&
               std::ranges::find(condition.values, found.text) != condition.values.end();
      }
    }
  });
}

Result<Moment> LogReader::moment(const Source& source) const {
  const Found found = value_of(source);
  if (!found.is_there) return fail(Code::kInvalid, "no time: nothing in " + source.fields[0]);
  auto out = read_moment(found.text);
  if (!out)
    return fail(Code::kInvalid, source.fields[0] + " is no time: " + found.text.substr(0, 64));
  if (source.plus.empty()) return *out;
  Source plus;
  plus.fields = source.plus;
  const Found more = value_of(plus);
  const auto seconds = more.is_there ? read_seconds_ns(more.text) : std::nullopt;
  if (!seconds || *seconds <= 0) return *out;
  if (__builtin_add_overflow(out->ns, *seconds, &out->ns))
    return fail(Code::kInvalid, source.plus[0] + " is too long: " + more.text.substr(0, 64));
  if (out->ns > 9'000'000'000 * 1'000'000'000)
    return fail(Code::kInvalid, source.plus[0] + " is too long: " + more.text.substr(0, 64));
  out->digits = std::max(out->digits, 6U);
  return *out;
}

bool LogReader::append_field(const Source& source, std::string* out) {
  const Found found = value_of(source);
  if (!found.is_there) return false;
  if (source.form == Form::kTime && !source.plus.empty()) {
    const auto end = moment(source);
    if (!end) return false;
    append_json_quoted(*out, format_moment(*end));
    return true;
  }
  if (source.form == Form::kAsIs && !found.is_text) {
    *out += found.text;
    return true;
  }
  return append_form(source.form, found.text, out);
}

bool LogReader::append_list(const Source& source, std::string* out) {
  std::vector<std::string> elements;
  const auto add = [&](std::string element) {
    if (std::ranges::find(elements, element) == elements.end() &&
        elements.size() < limits::kElementsMax)
      elements.push_back(std::move(element));
  };
  for (const Source& part : source.parts) {
    std::optional<json::Value> value;
    if (part.kind == SourceKind::kField && !part.is_item) value = find(part.fields);
    if (value && value->is_array()) {
      for (const json::Value each : value->elements()) {
        Found found;
        std::string element;
        if (scalar(each, &found) && append_form(part.form, found.text, &element))
          add(std::move(element));
      }
      continue;
    }
    std::string element;
    if (append(part, &element)) add(std::move(element));
  }
  if (elements.empty()) return false;
  *out += '[';
  for (size_t i = 0; i < elements.size(); ++i) *out += (i > 0 ? "," : "") + elements[i];
  *out += ']';
  return true;
}

bool LogReader::append_members(const Source& source, std::string* out) {
  const size_t begin = out->size();
  bool has_any = false;
  *out += '{';
  for (size_t i = 0; i < source.parts.size(); ++i) {
    const size_t before = out->size();
    if (before > begin + 1) *out += ',';
    append_json_quoted(*out, source.names[i]);
    *out += ':';
    if (append(source.parts[i], out)) {
      has_any |= source.parts[i].kind != SourceKind::kConstant;
      continue;
    }
    out->resize(before);
    if (std::ranges::find(source.needs, source.names[i]) == source.needs.end()) continue;
    has_any = false;
    break;
  }
  if (!has_any) out->resize(begin);
  if (has_any) *out += '}';
  return has_any;
}

bool LogReader::append_joined(const Source& source, std::string* out) {
  std::string joined;
  for (const Source& part : source.parts) {
    std::string one;
    if (!append(part, &one)) return false;
    joined += unquoted(one);
  }
  append_json_quoted(*out, joined);
  return true;
}

// scheme://host:port/path; the path alone, if it is a URL itself.
bool LogReader::append_url(const Source& source, std::string* out) {
  std::string parts[4];
  for (size_t i = 0; i < 4; ++i) {
    std::string one;
    const Source& part = source.parts[i];
    if ((part.kind != SourceKind::kField || !part.fields.empty()) && append(part, &one))
      parts[i] = unquoted(one);
  }
  const auto& [scheme, host, port, path] = parts;
  if (path.find("://") != std::string::npos) {
    append_json_quoted(*out, path);
    return true;
  }
  if (scheme.empty() || host.empty()) return false;
  const bool is_v6 = host.find(':') != std::string::npos && !host.starts_with('[') &&
                     host.find(':') != host.rfind(':');
  std::string url = scheme + "://" + (is_v6 ? "[" + host + "]" : host);
  const bool is_usual = (scheme == "http" && port == "80") || (scheme == "https" && port == "443");
  if (!port.empty() && !is_usual && (is_v6 || host.find(':') == std::string::npos))
    url += ":" + port;
  if (!path.empty() && path[0] != '/') url += '/';
  append_json_quoted(*out, url + path);
  return true;
}

bool LogReader::append_refs(const Source& source, std::string* out) {
  std::vector<std::string_view> ids;
  for (const uint32_t object : source.objects) {
    for (const std::string& id : ids_[object]) {
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
  }
  if (ids.empty()) return false;
  if (source.kind == SourceKind::kRef) {
    append_json_quoted(*out, ids[0]);
    return true;
  }
  for (size_t i = 0; i < ids.size(); ++i) {
    *out += i == 0 ? '[' : ',';
    append_json_quoted(*out, ids[i]);
  }
  *out += ']';
  return true;
}

// Recursion follows the nesting of the mapping, which is bounded.
bool LogReader::append(const Source& source, std::string* out) {
  switch (source.kind) {
    case SourceKind::kField:
      return append_field(source, out);
    case SourceKind::kConstant:
      *out += source.constant;
      return true;
    case SourceKind::kRef:
    case SourceKind::kRefs:
      return append_refs(source, out);
    case SourceKind::kList:
      return append_list(source, out);
    case SourceKind::kObject:
      return append_members(source, out);
    case SourceKind::kJoined:
      return append_joined(source, out);
    default:
      return append_url(source, out);
  }
}

// The id of the object in scratch_, which is JSON without an id.
std::string LogReader::id_of(const std::string& type, size_t number) {
  const size_t size = scratch_.size();
  scratch_.append(json::kPaddingBytes, ' ');
  std::string id;
  if (parser_.parse(std::string_view(scratch_).substr(0, size), &object_))
    id = stix::deterministic_id(object_.root());
  scratch_.resize(size);
  if (!id.empty()) return id;
  return type + "--" +
         stix::uuid_v5(kNamespace, uuid_ + "/" + std::to_string(number) + "/" +
                                       std::to_string(ids_[number].size()));
}

void LogReader::make_object(const ObjectRule& rule, size_t number) {
  std::string type = rule.type;
  std::string properties;
  if (rule.type_rule == TypeRule::kFixed) {
    if (!append_members(rule.properties, &properties)) return;
  } else {
    std::string value;
    std::string host;
    if (!append(rule.properties.parts[0], &value)) return;
    const HostKind kind = read_host(unquoted(value), &host);
    if (kind == HostKind::kNone) return;
    if (kind == HostKind::kDomain && rule.type_rule == TypeRule::kAddress) return;
    type = kind == HostKind::kIpv4   ? "ipv4-addr"
           : kind == HostKind::kIpv6 ? "ipv6-addr"
                                     : "domain-name";
    properties = "{\"value\":" + json_quote(host) + "}";
  }
  scratch_ = "{\"type\":\"" + type + "\"," + properties.substr(1);
  const std::string id = id_of(type, number);
  ids_[number].push_back(id);
  if (!made_.insert(id).second) return;
  if (!refs_.empty()) refs_ += ',';
  append_json_quoted(refs_, id);
  objects_ += ",{\"type\":\"" + type + R"(","spec_version":"2.1","id":")" + id + "\"," +
              properties.substr(1);
}

void LogReader::make_objects(const ObjectRule& rule, size_t number) {
  if (rule.each.empty()) {
    make_object(rule, number);
    return;
  }
  std::optional<json::Value> list;
  for (size_t i = 0; i < rule.each.size() && !list; ++i) list = find_one(rule.each[i]);
  if (!list) return;
  uint32_t left = limits::kElementsMax;
  if (list->is_array()) {
    for (const json::Value each : list->elements()) {
      if (left-- == 0) break;
      item_ = each;
      make_object(rule, number);
    }
  } else if (list->is_string() && !rule.split.empty()) {
    is_text_item_ = true;
    const std::string whole = list->text();
    for (std::string_view rest = whole; !rest.empty() && left-- > 0;) {
      const size_t end = rest.find(rule.split);
      item_text_ = trim(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + rule.split.size());
      make_object(rule, number);
    }
    is_text_item_ = false;
  } else {
    item_ = *list;
    make_object(rule, number);
  }
  item_.reset();
}

Result<std::string_view> LogReader::read(std::string_view line) {
  wrong_at_ = 0;
  if (line.size() > limits::kLineBytesMax) return fail(Code::kTooLarge, "a log line is too long");
  const auto parsed = parser_.parse(line, &line_);
  if (!parsed) {
    wrong_at_ = parsed.error().offset;
    return fail(Code::kInvalid, "not JSON: " + parsed.error().detail);
  }
  if (!line_.root().is_object()) return fail(Code::kInvalid, "no JSON object");
  roots_.clear();
  for (const std::string& under : mapping_.under()) {
    const auto root =
        under.empty() ? line_.root() : find_field(line_.root(), under, limits::kFieldPartsMax);
    if (root && root->is_object()) roots_.push_back(*root);
  }
  const auto& records = mapping_.records();
  const auto record = std::ranges::find_if(records, [&](const Record& r) { return applies(r); });
  if (record == records.end()) return std::string_view();
  const Moment first = TRY(moment(record->first));
  Moment last = first;
  if (record->has_last) {
    if (const auto given = moment(record->last); given && given->ns > first.ns) last = *given;
  }
  uuid_ = stix::uuid_v5(kNamespace, mapping_.name() + "\n" + std::string(line));
  ids_.assign(record->objects.size(), {});
  made_.clear();
  refs_.clear();
  objects_.clear();
  for (size_t i = 0; i < record->objects.size(); ++i) make_objects(record->objects[i], i);
  if (refs_.empty()) return std::string_view();
  const std::string at = format_moment_ms(last);
  bundle_ = R"({"type":"bundle","id":"bundle--)" + uuid_ +
            R"(","objects":[{"type":"observed-data","spec_version":"2.1","id":"observed-data--)" +
            uuid_ + R"(","created":")" + at + R"(","modified":")" + at + R"(","first_observed":")" +
            format_moment(first) + R"(","last_observed":")" + format_moment(last) +
            R"(","number_observed":1,"object_refs":[)" + refs_ + "]}" + objects_ + "]}";
  const size_t size = bundle_.size();
  bundle_.append(json::kPaddingBytes, ' ');
  return std::string_view(bundle_).substr(0, size);
}

}  // namespace entente::logs
