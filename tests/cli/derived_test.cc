// What refers to another's object may not be released more widely than that object.
#include <gtest/gtest.h>

#include "support.h"

namespace entente::cli {
namespace {

constexpr std::string_view kClear = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";

std::string note(int number, const std::string& target, std::string_view marking = {}) {
  std::string out =
      R"({"type":"note","spec_version":"2.1","id":"note--0000000)" + std::to_string(number) +
      R"(-0000-4000-8000-000000000000","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","content":"x","object_refs":[")" +
      target + "\"]";
  if (!marking.empty()) out += R"(,"object_marking_refs":[")" + std::string(marking) + "\"]";
  return out + "}";
}

}  // namespace

// BOR reads what is CLEAR, and nothing of the collection.
TEST(Derived, WiderThanItsSourceIsRefusedWithTheList) {
  const Community c;
  const auto import = [&](const std::string& party, const std::string& text) {
    return c.run({"import", "--party", party, "--collection", "shared", "--json", "-"}, text);
  };
  ASSERT_EQ(import("AVL", indicator(1)).exit_code, 0);
  const Ran wider = import("HQ", note(1, id_of_indicator(1), kClear));
  EXPECT_EQ(wider.exit_code, 1);
  EXPECT_EQ(json_of(wider).count("refused"), 1u);
  EXPECT_NE(wider.out.find("label-wider-than-source"), std::string::npos);
  const Ran people = c.run({"import", "--party", "HQ", "--collection", "shared", "-"},
                           note(1, id_of_indicator(1), kClear));
  EXPECT_NE((people.out + people.err).find(id_of_indicator(1)), std::string::npos) << "the list";
  EXPECT_EQ(import("HQ", note(2, id_of_indicator(1))).exit_code, 0) << "as narrow as its source";
  EXPECT_EQ(import("AVL", note(3, id_of_indicator(1), kClear)).exit_code, 0) << "its own source";
}

// A guess at what the writer does not see is answered as one at what does not exist.
TEST(Derived, AGuessAtAHiddenTargetLearnsNothing) {
  const Community c;
  ASSERT_EQ(
      c.run({"import", "--party", "AVL", "--collection", "shared", "-"}, indicator(1)).exit_code,
      0);
  const auto guess = [&](int target) {
    const Ran ran = c.run({"import", "--party", "BOR", "--json", "-"},
                          note(4, id_of_indicator(target), kClear));
    return std::to_string(ran.exit_code) + ran.out;
  };
  const Ran nowhere = c.run({"import", "--dry-run", "--party", "BOR", "--json", "-"},
                            note(4, id_of_indicator(9), kClear));
  EXPECT_EQ(nowhere.exit_code, 0);
  EXPECT_EQ(guess(1).substr(0, 1), "0");
}

}  // namespace entente::cli
