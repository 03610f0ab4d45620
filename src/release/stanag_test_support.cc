#include "release/stanag_test_support.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace entente::release {
namespace {

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string random_text(Dice* dice, size_t length_min) {
  static const std::string kPieces[] = {"A",  "b",  " ",  "&", "<",    ">", "\"",    "'", "]]>",
                                        "\n", "\t", "\r", "é", "日本", "𝄞", "&amp;", "--"};
  std::string out;
  const size_t pieces = length_min + dice->below(6);
  for (size_t i = 0; i < pieces; ++i) out += kPieces[dice->below(std::size(kPieces))];
  return out;
}

std::string random_token(Dice* dice) {
  static const std::string kTokens[] = {"NATO", "TOP SECRET", "a&b", "日本", "<x>", "\"q\""};
  return kTokens[dice->below(std::size(kTokens))];
}

std::string random_time(Dice* dice) {
  static const std::string kTimes[] = {"2026-09-26T12:00:00Z", "2024-02-29T23:59:59.123456+14:00",
                                       "1999-01-01T00:00:00"};
  return kTimes[dice->below(std::size(kTimes))];
}

ConfidentialityInformation random_information(Dice* dice) {
  ConfidentialityInformation out;
  out.policy_name = random_token(dice);
  if (dice->coin()) out.policy_uri = "urn:oid:2.25." + std::to_string(dice->below(1000));
  out.classification = random_token(dice);
  if (dice->coin()) out.privacy_mark = random_text(dice, 0);
  for (size_t i = dice->below(4); i > 0; --i) {
    LabelCategory category{static_cast<CategoryType>(dice->below(3)), random_text(dice, 1), "", {}};
    if (dice->coin()) category.uri = random_text(dice, 1);
    for (size_t j = dice->below(4); j > 0; --j) category.values.push_back(random_text(dice, 0));
    out.categories.push_back(std::move(category));
  }
  return out;
}

void fill_base(Dice* dice, LabelBase* out) {
  out->information = random_information(dice);
  out->creation_date_time = random_time(dice);
  if (dice->coin()) out->review_date_time = random_time(dice);
  if (dice->coin())
    out->originator = OriginatorId{dice->coin() ? "jID" : "rfc822Name", random_text(dice, 0)};
}

}  // namespace

std::string golden(std::string_view name) {
  return file(std::string(STANAG_GOLDEN) + "/" + std::string(name));
}

std::string example_of_the_page(std::string_view name) {
  const std::string page = file(STANAG_PAGE);
  const std::string mark = "<!-- " + std::string(name) + " -->\n```";
  const size_t at = page.find(mark);
  EXPECT_NE(at, std::string::npos) << name;
  if (at == std::string::npos) return "";
  const size_t begin = page.find('\n', at + mark.size()) + 1;
  return page.substr(begin, page.find("```", begin) - begin);
}

ConfidentialityLabel full_label() {
  ConfidentialityLabel label;
  label.information.policy_name = "EXAMPLE";
  label.information.policy_uri = "urn:oid:2.25.1001";
  label.information.classification = "RESTRICTED";
  label.information.privacy_mark = "STAFF IN CONFIDENCE";
  label.information.categories = {
      {CategoryType::kRestrictive, "Special Handling", "urn:oid:2.25.1001.1", {"ALPHA", "BRAVO"}},
      {CategoryType::kPermissive, "Releasable To", "urn:oid:2.25.1001.2", {"XAA", "XBB"}},
      {CategoryType::kInformative, "Administrative", "", {"STAFF"}}};
  label.originator = OriginatorId{"rfc822Name", "desk@example.org"};
  label.creation_date_time = "2026-09-26T12:00:00Z";
  label.review_date_time = "2031-09-26T00:00:00Z";
  LabelSuccession succession;
  succession.date_time = "2029-01-01T00:00:00Z";
  succession.successor.information.policy_name = "EXAMPLE";
  succession.successor.information.classification = "UNCLASSIFIED";
  succession.successor.creation_date_time = "2026-09-26T12:00:00Z";
  label.succession = std::move(succession);
  return label;
}

ConfidentialityLabel random_label(Dice* dice) {
  ConfidentialityLabel out;
  fill_base(dice, &out);
  out.kind = static_cast<LabelKind>(dice->below(3));
  if (dice->below(4) == 0) {
    out.succession.emplace();
    out.succession->date_time = random_time(dice);
    fill_base(dice, &out.succession->successor);
  }
  return out;
}

}  // namespace entente::release
