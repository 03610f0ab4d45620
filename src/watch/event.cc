// The bytes that are kept are the sender's; marks that came beside them are written into objects that have none.
#include "watch/event.h"

#include <algorithm>

#include "base/text.h"

namespace entente::watch {

size_t Event::bytes() const {
  size_t out = sizeof(Event) + id.size();
  for (const std::string& object : objects) out += object.size();
  return out;
}

std::string with_markings(json::Value object, const std::vector<std::string>& markings) {
  std::string out(object.raw());
  if (markings.empty() || !object.is_object() || object.find("object_marking_refs")) return out;
  out.pop_back();
  out += object.size() == 0 ? "" : ",";
  out += "\"object_marking_refs\":[";
  for (size_t i = 0; i < markings.size(); ++i) {
    out += i == 0 ? "" : ",";
    append_json_quoted(out, markings[i]);
  }
  return out + "]}";
}

EventSource::EventSource(std::string_view body, const logs::Mapping* mapping,
                         std::vector<std::string> markings, Form form)
    : body_(body), markings_(std::move(markings)), form_(form) {
  if (mapping != nullptr) log_ = std::make_unique<logs::LogReader>(*mapping);
}

Event EventSource::event(const pattern::Observation& seen) const {
  Event out;
  out.id = seen.id;
  out.first = seen.first.text;
  out.last = seen.last.text;
  out.first_ns = seen.first.ns;
  out.last_ns = seen.last.ns;
  out.count = seen.count;
  if (!seen.whole) return out;
  const auto own = seen.whole->find("object_marking_refs");
  if (own) {
    for (const json::Value mark : own->elements()) {
      if (mark.is_string()) out.markings.push_back(mark.text());
    }
    std::ranges::sort(out.markings);
  } else {
    out.markings = markings_;
  }
  out.objects.push_back(with_markings(*seen.whole, markings_));
  for (const pattern::SeenObject& object : seen.objects) {
    // Objects within the observed-data itself (as STIX 2.0 had them) go with it.
    const bool is_within = object.value.offset() > seen.whole->offset() &&
                           object.value.offset() < seen.whole->offset() + seen.whole->raw().size();
    if (!is_within) out.objects.push_back(with_markings(object.value, markings_));
  }
  return out;
}

bool EventSource::read_line(std::string_view line, std::string_view whole,
                            const pattern::EventReader::Sink& sink, const Trouble& trouble) {
  bool is_whole = false;
  if (log_ != nullptr) {
    const auto bundle = log_->read(line);
    if (!bundle) {
      trouble(line_, bundle.error().detail);
      return true;
    }
    if (bundle->empty() || !parser_.parse(*bundle, &document_)) return true;
  } else if (const auto parsed = parser_.parse(line, &document_); !parsed) {
    is_whole = !whole.empty() && parser_.parse(whole, &document_).has_value();
    if (!is_whole) {
      trouble(line_, "not JSON: " + parsed.error().detail);
      return true;
    }
  }
  reader_.read(document_, sink, [&](const pattern::EventTrouble& wrong) {
    trouble(line_, wrong.id.empty() ? wrong.what : std::string(wrong.id) + ": " + wrong.what);
  });
  return !is_whole;
}

void EventSource::read(const pattern::EventReader::Sink& sink, const Trouble& trouble) {
  for (std::string_view rest = body_; !rest.empty(); ++line_) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string_view whole = line_ == 1 && form_ == Form::kAny ? rest : std::string_view();
    if (!trim(line).empty() && !read_line(line, whole, sink, trouble)) return;
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
}

}  // namespace entente::watch
