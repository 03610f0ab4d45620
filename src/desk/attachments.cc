// What parties put to a case after it was opened: of each such act, what the reader's world has of it.
#include <fmt/format.h>

#include "base/text.h"
#include "desk/views.h"

namespace entente::desk {

std::vector<const procedure::Record*> attachments_of(const File& file) {
  std::vector<const procedure::Record*> out;
  for (const procedure::Judged& one : file.now.judged) {
    if (one.verdict == procedure::Verdict::kCounted && one.record->act == kAttachAct)
      out.push_back(one.record);
  }
  return out;
}

bool is_here(const exchange::View& view, std::string_view id) {
  bool is_found = false;
  view.versions_of(id, [&](store::Position) {
    is_found = true;
    return false;
  });
  return is_found;
}

std::string attachments_json(const Docket& docket, const File& file) {
  std::string out;
  for (const procedure::Record* record : attachments_of(file)) {
    std::string objects;
    for (const std::string& id : record->objects) {
      objects += fmt::format(R"({}{{"id":{},"here":{}}})", objects.empty() ? "" : ",",
                             json_quote(id), is_here(docket.view(), id));
    }
    out += fmt::format(
        R"({}{{"record":{},"by":{},"at":"{}","reason":{},"bytes":{},"objects":[{}]}})",
        out.empty() ? "" : ",", json_quote(record->id), json_quote(record->party),
        format_time_ms(record->at_ms), json_quote(record->reason), record->text.size(), objects);
  }
  return "[" + out + "]";
}

}  // namespace entente::desk
