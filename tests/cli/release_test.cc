// Commands about release, as their users run them.
#include <gtest/gtest.h>

#include "tests/cli/support.h"

namespace entente::cli {
namespace {

TEST(ReleaseCheck, NamesWhatIsWrongWithItsCodeAndExitsWithOne) {
  const Community community;
  const Ran clean = community.run({"release", "check", "--json"});
  EXPECT_EQ(clean.exit_code, 0) << clean.out << clean.err;
  EXPECT_EQ(clean.out, "{\"entries\":0,\"counts\":{},\"findings\":[]}\n");
  const std::string missing = "marking-definition--00000000-0000-4000-8000-000000000001";
  const std::string file = community.directory.write(
      "a.json", indicator(1, R"("object_marking_refs":[")" + missing + "\"]"));
  ASSERT_EQ(community.run({"import", "--party", "AVL", "--collection", "shared", file}).exit_code,
            0);
  const Ran ran = community.run({"release", "check", "--json"});
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  const app::Fields report = json_of(ran);
  EXPECT_EQ(report.count("entries"), 1U);
  const auto findings = report.root().find("findings");
  ASSERT_TRUE(findings && findings->size() == 2);
  const json::Value first = *findings->elements().begin();
  EXPECT_EQ(first.find("code")->text(), "marking-missing");
  EXPECT_EQ(first.find("severity")->text(), "error");
  EXPECT_EQ(first.find("about")->text(), missing);
  EXPECT_EQ(first.find("examples")->raw(), "[\"" + id_of_indicator(1) + "\"]");
  const Ran text = community.run({"release", "check"});
  EXPECT_EQ(text.exit_code, 1);
  EXPECT_NE(text.out.find("error: marking-missing " + missing), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("1 entries looked at, 2 findings"), std::string::npos) << text.out;
}

}  // namespace
}  // namespace entente::cli
