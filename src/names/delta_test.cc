// Two versions of a list of fictional parties.
#include "names/delta.h"

#include <gtest/gtest.h>

#include "names/test_kit.h"

namespace entente::names {
namespace {

TEST(NamesDelta, TellsWhatCameWentAndChanged) {
  Entity aliased = entity("c", Kind::kPerson, "Jan Kowalczuk");
  aliased.names.push_back({"Yan Kovalchuk", NameKind::kAlias});
  Entity weak = entity("e", Kind::kPerson, "Pedro Almagro");
  weak.names[0].kind = NameKind::kWeak;
  const NameList before =
      list_of({entity("b", Kind::kPerson, "Marta Vidalgo"),
               entity("a", Kind::kOrganization, "Norvika Works"),
               entity("c", Kind::kPerson, "Jan Kowalczuk"),
               entity("e", Kind::kPerson, "Pedro Almagro"), entity("f", Kind::kAny, "Grey Heron")});
  const NameList after = list_of({entity("f", Kind::kOrganization, "Grey Heron"), aliased,
                                  entity("a", Kind::kOrganization, "Norvika Works"), weak,
                                  entity("d", Kind::kPerson, "Dmitri Voronetsky")});
  const ListDelta delta = delta_of(before, after);
  const auto ids = [](const NameList& list, const std::vector<uint32_t>& entities) {
    std::string out;
    for (const uint32_t one : entities) out += std::string(list.entity_id(one));
    return out;
  };
  EXPECT_EQ(ids(after, delta.came), "d");
  EXPECT_EQ(ids(before, delta.went), "b");
  EXPECT_EQ(ids(after, delta.changed), "cef");
  EXPECT_EQ(delta.same, 1U);
  const ListDelta none = delta_of(after, after);
  EXPECT_EQ(none.same, 5U);
  EXPECT_TRUE(none.came.empty() && none.went.empty() && none.changed.empty());
}

TEST(NamesDelta, OfEntitiesOfOneIdTheFirstCounts) {
  const NameList list = list_of(
      {entity("a", Kind::kPerson, "Marta Vidalgo"), entity("a", Kind::kPerson, "Jan Kowalczuk")});
  const NameList other = list_of({entity("a", Kind::kPerson, "Marta Vidalgo")});
  EXPECT_EQ(delta_of(list, other).same, 1U);
  EXPECT_EQ(delta_of(other, list_of({})).went.size(), 1U);
}

}  // namespace
}  // namespace entente::names
