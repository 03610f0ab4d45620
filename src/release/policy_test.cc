// The form of policies, and the limits of what a directory holds of them.
#include "release/policy.h"

#include "base/limits.h"
#include "release/test_kit.h"

namespace entente::release {
namespace {

std::string words(std::string_view stem, size_t count) {
  std::string out = "[";
  for (size_t i = 0; i < count; ++i)
    out += (i > 0 ? ",\"" : "\"") + std::string(stem) + std::to_string(i) + "\"";
  return out + "]";
}

std::string policy(const std::string& levels, const std::string& categories) {
  return R"({"op":"policy","name":"P","levels":)" + levels + R"(,"categories":)" + categories + "}";
}

}  // namespace

TEST(Policy, CoversByRankAndByEveryCategory) {
  const Policy p{"P", {"LOW", "MID", "TOP"}, {"a", "b"}};
  EXPECT_TRUE(covers(p, {"P", "MID", {}}, {"P", "MID", {}}));
  EXPECT_TRUE(covers(p, {"P", "TOP", {"a", "b"}}, {"P", "LOW", {"a"}}));
  EXPECT_FALSE(covers(p, {"P", "LOW", {}}, {"P", "MID", {}}));
  EXPECT_FALSE(covers(p, {"P", "TOP", {"a"}}, {"P", "LOW", {"b"}}));
  EXPECT_FALSE(covers(p, {"Q", "TOP", {}}, {"P", "LOW", {}}));
  EXPECT_FALSE(covers(p, {"P", "TOP", {}}, {"Q", "LOW", {}}));
  EXPECT_FALSE(covers(p, {"P", "HIGH", {}}, {"P", "LOW", {}}));
  EXPECT_FALSE(covers(p, {"P", "HIGH", {}}, {"P", "HIGH", {}})) << "no such level";
  EXPECT_FALSE(covers(p, {"P", "TOP", {"c"}}, {"P", "LOW", {"c"}})) << "no such category";
}

TEST(Policy, HasLimits) {
  testing::Kit t;
  t.apply(policy(words("L", limits::kPolicyLevelsMax), words("C", limits::kPolicyCategoriesMax)));
  EXPECT_EQ(t.refusal(policy(words("L", limits::kPolicyLevelsMax + 1), "[]")), Code::kTooLarge);
  EXPECT_EQ(t.refusal(policy("[\"L\"]", words("C", limits::kPolicyCategoriesMax + 1))),
            Code::kTooLarge);
  EXPECT_EQ(t.refusal(policy("\"L\"", "[]")), Code::kInvalid);
  EXPECT_EQ(t.refusal(policy("[\"\"]", "[]")), Code::kInvalid);
  EXPECT_EQ(t.refusal(policy("[7]", "[]")), Code::kInvalid);
  EXPECT_EQ(t.refusal(policy("[\"L\"]", "[\"a\",\"a\"]")), Code::kInvalid);
  const auto named = [](size_t n) {
    return R"({"op":"policy","name":"N)" + std::to_string(n) + R"(","levels":["L"]})";
  };
  for (size_t n = 1; n < limits::kPoliciesMax; ++n) t.apply(named(n));
  EXPECT_EQ(t.refusal(named(limits::kPoliciesMax)), Code::kTooLarge);
  t.apply(named(1));  // another form of one that is there
}

TEST(Policy, FactsAboutPartiesHaveLimits) {
  testing::Kit t;
  t.party("P");
  t.apply(policy("[\"L\"]", "[]"));
  const std::string clearance = R"({"op":"clearance","party":"P","policy":"P","level":"L"})";
  for (size_t n = 0; n < limits::kClearancesMax; ++n) t.apply(clearance);
  EXPECT_EQ(t.refusal(clearance), Code::kTooLarge);
  EXPECT_EQ(t.refusal(R"({"op":"clearance-end","party":"P","policy":"P","until":5})"),
            Code::kTooLarge);
  const std::string authority = R"({"op":"authority","party":"P","marking":"*"})";
  for (size_t n = 0; n < limits::kAuthoritiesMax; ++n) t.apply(authority);
  EXPECT_EQ(t.refusal(authority), Code::kTooLarge);
}

TEST(Policy, SuccessionsHaveALimit) {
  testing::Kit t;
  constexpr size_t kEach = 100;  // heirs of each party that splits
  std::vector<std::string> heirs;
  for (size_t n = 0; n <= kEach; ++n) {
    heirs.push_back("H" + std::to_string(n));
    t.party(heirs.back());
  }
  const auto split = [&](size_t n, size_t into) {
    std::string change = R"({"op":"split","at":1,"party":"S)" + std::to_string(n) + R"(","into":[)";
    for (size_t i = 0; i < into; ++i) change += (i > 0 ? ",\"" : "\"") + heirs[i] + "\"";
    return change + "]}";
  };
  for (size_t n = 0; n < limits::kSuccessionsMax / kEach; ++n) {
    t.party("S" + std::to_string(n));
    if (n + 1 < limits::kSuccessionsMax / kEach) t.apply(split(n, kEach));
  }
  const size_t last = limits::kSuccessionsMax / kEach - 1;
  EXPECT_EQ(t.refusal(split(last, kEach + 1)), Code::kTooLarge);
  t.apply(split(last, kEach));
}

}  // namespace entente::release
