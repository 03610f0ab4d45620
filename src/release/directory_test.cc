#include "release/directory.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace entente::release {
namespace {

std::string identity(int n) {
  std::string digits = std::to_string(n);
  return "identity--00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

std::string party(std::string_view code, int n) {
  return "{\"op\":\"party\",\"code\":\"" + std::string(code) + "\",\"name\":\"x\",\"identity\":\"" +
         identity(n) + "\"}";
}

Directory with_parties() {
  Directory directory;
  EXPECT_TRUE(directory.apply(party("AVL", 1)));
  EXPECT_TRUE(directory.apply(party("BOR", 2)));
  EXPECT_TRUE(directory.apply(party("LIA", 3)));
  EXPECT_TRUE(directory.apply(R"({"op":"group","code":"PACT","name":"Pact"})"));
  return directory;
}

Code code_of(const Result<void>& outcome) {
  return outcome ? Code::kInternal : outcome.error().code;
}

}  // namespace

TEST(Directory, RefusesWhatCannotApplyAndStaysAsItWas) {
  Directory d = with_parties();
  const uint64_t before = d.generation();
  EXPECT_EQ(code_of(d.apply(party("AVL", 9))), Code::kConflict);
  EXPECT_EQ(code_of(d.apply(party("PACT", 9))), Code::kConflict);
  EXPECT_EQ(code_of(d.apply(party("avl", 9))), Code::kInvalid);
  EXPECT_EQ(code_of(d.apply(party("NEW", 1))), Code::kConflict) << "one identity, one party";
  EXPECT_EQ(code_of(d.apply(R"({"op":"member","group":"PACT","member":"NOBODY"})")),
            Code::kNotFound);
  EXPECT_EQ(code_of(d.apply(R"({"op":"member","group":"PACT","member":"AVL","from":5,"until":5})")),
            Code::kInvalid);
  EXPECT_EQ(code_of(d.apply(R"({"op":"nonsense"})")), Code::kInvalid);
  EXPECT_EQ(code_of(d.apply("[]")), Code::kInvalid);
  EXPECT_EQ(code_of(d.apply("{")), Code::kInvalid);
  EXPECT_EQ(d.generation(), before);
}

TEST(Directory, CodesHaveALength) {
  Directory d;
  EXPECT_TRUE(d.apply(party(std::string(limits::kCodeBytesMax, 'A'), 1)));
  EXPECT_EQ(code_of(d.apply(party(std::string(limits::kCodeBytesMax + 1, 'B'), 2))),
            Code::kInvalid);
}

TEST(Directory, MembershipIsDated) {
  Directory d = with_parties();
  ASSERT_TRUE(d.apply(R"({"op":"member","group":"PACT","member":"AVL"})"));
  ASSERT_TRUE(d.apply(R"({"op":"member","group":"PACT","member":"BOR","from":100,"until":200})"));
  EXPECT_EQ(d.expand({"PACT"}, 99), (PartySet{0}));
  EXPECT_EQ(d.expand({"PACT"}, 100), (PartySet{0, 1}));
  EXPECT_EQ(d.expand({"PACT"}, 199), (PartySet{0, 1}));
  EXPECT_EQ(d.expand({"PACT"}, 200), (PartySet{0}));
  EXPECT_EQ(d.last_boundary_ms(150), 100);
  EXPECT_EQ(d.last_boundary_ms(99), INT64_MIN);
  ASSERT_TRUE(d.apply(R"({"op":"member","group":"PACT","member":"AVL","until":150})"))
      << "closes the open one";
  EXPECT_EQ(d.expand({"PACT", "LIA"}, 160), (PartySet{1, 2}));
}

TEST(Directory, AMemberMayComeBackAndLeaveAgain) {
  Directory d = with_parties();
  ASSERT_TRUE(d.apply(R"({"op":"member","group":"PACT","member":"AVL","from":10,"until":20})"));
  ASSERT_TRUE(d.apply(R"({"op":"member","group":"PACT","member":"AVL","from":30})"));
  EXPECT_EQ(
      code_of(d.apply(R"({"op":"member","group":"PACT","member":"AVL","from":35,"until":50})")),
      Code::kConflict);
  ASSERT_TRUE(d.apply(R"({"op":"member","group":"PACT","member":"AVL","until":40})"));
  for (const auto& [at_ms, is_member] : std::initializer_list<std::pair<int64_t, bool>>{
           {9, false}, {10, true}, {20, false}, {29, false}, {30, true}, {39, true}, {40, false}}) {
    EXPECT_EQ(d.expand({"PACT"}, at_ms).empty(), !is_member) << at_ms;
  }
}

TEST(Directory, GroupsNestButNotInCircles) {
  Directory d = with_parties();
  ASSERT_TRUE(d.apply(R"({"op":"group","code":"WIDER","name":"w"})"));
  ASSERT_TRUE(d.apply(R"({"op":"member","group":"WIDER","member":"PACT"})"));
  ASSERT_TRUE(d.apply(R"({"op":"member","group":"PACT","member":"BOR"})"));
  EXPECT_EQ(d.expand({"WIDER"}, 0), (PartySet{1}));
  EXPECT_EQ(code_of(d.apply(R"({"op":"member","group":"PACT","member":"WIDER"})")),
            Code::kConflict);
  EXPECT_EQ(code_of(d.apply(R"({"op":"member","group":"PACT","member":"PACT"})")), Code::kConflict);
}

TEST(Directory, CollectionsHaveAudiences) {
  Directory d = with_parties();
  ASSERT_TRUE(d.apply(R"({"op":"member","group":"PACT","member":"BOR"})"));
  ASSERT_TRUE(d.apply(
      R"({"op":"collection","alias":"threats","id":"6f8c1f5e-0000-4000-8000-000000000001","read":["AVL","PACT"],"write":["AVL"],"default":"tlp:amber"})"));
  const Collection* c = d.collection("threats");
  ASSERT_NE(c, nullptr);
  EXPECT_EQ(c, d.collection("6f8c1f5e-0000-4000-8000-000000000001"));
  EXPECT_EQ(c, d.collection(CollectionNumber{1}));
  EXPECT_TRUE(d.may_read(*c, 1, 0));
  EXPECT_FALSE(d.may_write(*c, 1, 0));
  EXPECT_FALSE(d.may_read(*c, 2, 0));
  EXPECT_EQ(c->default_tlp, Tlp::kAmber);
  EXPECT_EQ(
      code_of(d.apply(
          R"({"op":"collection","alias":"other","id":"6f8c1f5e-0000-4000-8000-000000000002","default":"purple"})")),
      Code::kInvalid);
  EXPECT_EQ(
      code_of(d.apply(
          R"({"op":"collection","alias":"other","id":"6f8c1f5e-0000-4000-8000-000000000002","read":["NOBODY"]})")),
      Code::kNotFound);
}

TEST(Directory, KeysAreRevokedOnceAndForAll) {
  Directory d = with_parties();
  const std::string digest(64, 'a');
  ASSERT_TRUE(d.apply(
      R"({"op":"key","id":"0123456789abcdef","party":"AVL","role":"contributor","digest":")" +
      digest + R"(","at":5})"));
  ASSERT_TRUE(d.apply(R"({"op":"revoke-key","id":"0123456789abcdef","at":50})"));
  ASSERT_TRUE(d.apply(R"({"op":"revoke-key","id":"0123456789abcdef","at":90})"));
  EXPECT_EQ(d.key("0123456789abcdef")->revoked_ms, 50);
  EXPECT_EQ(code_of(d.apply(R"({"op":"revoke-key","id":"ffffffffffffffff","at":90})")),
            Code::kNotFound);
}

}  // namespace entente::release
