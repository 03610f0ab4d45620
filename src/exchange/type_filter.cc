// A name that has a number has it for every entry: it was given with the first of them. So bytes are looked at only for names
// without one, and only once the table is full; before that, such a name is of no entry at all.
#include "exchange/type_filter.h"

#include <algorithm>

namespace entente::exchange {
namespace {

template <class T>
void sort_once(std::vector<T>& values) {
  std::ranges::sort(values);
  const auto same = std::ranges::unique(values);
  values.erase(same.begin(), same.end());
}

}  // namespace

TypeFilter::TypeFilter(const View& view, const std::vector<std::string>& names)
    : view_(view), takes_all_(names.empty()) {
  const Types& types = *view.state().types;
  for (const std::string& name : names) {
    if (const auto number = types.find(name)) {
      numbers_.push_back(*number);
    } else if (types.is_full()) {
      unnumbered_.push_back(name);
    }
  }
  sort_once(numbers_);
  sort_once(unnumbered_);
}

std::shared_ptr<const Bitmap> TypeFilter::candidates(release::CollectionNumber collection) const {
  if (takes_all_) return view_.narrowed({collection, 0});
  if (numbers_.size() == 1 && is_exact()) return view_.narrowed({collection, numbers_.front()});
  auto all = std::make_shared<Bitmap>();
  if (!is_exact()) *all = view_.unnumbered(collection);
  for (const uint16_t type : numbers_) all->unite(*view_.narrowed({collection, type}));
  return all;
}

bool TypeFilter::lets(store::Position position) const {
  if (takes_all_) return true;
  const uint16_t type = view_.entry(position).type;
  if (type != Types::kOther) return std::ranges::binary_search(numbers_, type);
  return !is_exact() && std::ranges::binary_search(unnumbered_, view_.type(position));
}

}  // namespace entente::exchange
