// Supervision on a node of its own: limits, who may decide, and that what a party may not see changes nothing of an answer.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/clock.h"
#include "base/random.h"
#include "desk/supervision/limits.h"
#include "desk/supervision/objects.h"
#include "desk/supervision/supervision.h"
#include "desk/supervision/writing.h"
#include "store/files.h"

namespace entente::supervision {
namespace {

const std::string kGreen = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";

std::string party_number(size_t n) {
  std::string digits = std::to_string(n);
  return "identity--00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

std::string person(size_t n, const std::string& name, const std::string& more = "") {
  return R"({"type":"identity","spec_version":"2.1","id":")" + party_number(n) +
         R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":")" +
         name + R"(","identity_class":"individual")" + more + "}\n";
}

std::string interest(size_t n, size_t owner, size_t owned, const std::string& capital,
                     const std::string& more = "") {
  std::string id = party_number(n);
  id.replace(0, 8, "ownership-interest");
  return R"({"type":"ownership-interest","spec_version":"2.1","id":")" + id +
         R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","owner_ref":")" +
         party_number(owner) + R"(","owned_ref":")" + party_number(owned) + R"(","capital":)" +
         capital + more + R"(,"extensions":{")" + std::string(kSupervisionExtension) +
         R"(":{"extension_type":"new-sdo"}}})" + "\n";
}

std::string marked() { return R"(,"object_marking_refs":[")" + kGreen + "\"]"; }

class Community {
 public:
  Community() : files_(store::posix_files()) {
    char name[] = "/tmp/entente-supervision-XXXXXX";
    directory_ = ::mkdtemp(name);
    exchange::NodeOptions options;
    options.directory = directory_;
    options.clock = &clock_;
    options.random = &random_;
    options.files = files_.get();
    store::Recovery recovery;
    auto opened = exchange::Node::open(options, &recovery);
    CHECK(opened.has_value());
    node_ = std::move(*opened);
    for (const char* code : {"AVL", "BOR"}) {
      change(std::string(R"({"op":"party","name":"x","code":")") + code + R"(","identity":")" +
             party_number(code[0] == 'A' ? 900 : 901) + "\"}");
    }
    change(
        R"({"op":"collection","alias":"shared","id":"6f8c1f5e-0000-4000-8000-000000000000","title":"S","read":["AVL","BOR"],"write":["AVL","BOR"],"default":"tlp:green"})");
    supervision_ = std::make_unique<Supervision>(*node_, random_);
  }
  ~Community() {
    supervision_.reset();
    node_.reset();
    std::filesystem::remove_all(directory_);
  }
  Community(const Community&) = delete;
  Community& operator=(const Community&) = delete;

  void change(const std::string& json) {
    clock_.advance_ms(10);
    CHECK(node_->change_directory(json).has_value());
  }
  exchange::Principal who(const std::string& code = "AVL") const { return *node_->as_party(code); }
  void give(const std::string& code, const std::string& lines, bool is_shared = false) {
    clock_.advance_ms(10);
    const auto* const shared = node_->view(who(code)).collection("shared");
    const auto done = record(*node_, random_, who(code),
                             is_shared ? shared->number : release::kNoCollection, lines);
    EXPECT_TRUE(done.has_value()) << done.error().detail;
  }
  Parameters with(std::map<std::string, std::string, std::less<>> values) {
    values_ = std::move(values);
    return [this](std::string_view name) {
      const auto found = values_.find(name);
      return found == values_.end() ? nullptr : &found->second;
    };
  }
  Result<std::string> decide(const std::string& decision, const exchange::Principal& by,
                             const std::string& reason = "r") {
    clock_.advance_ms(10);
    return supervision().decide(by,
                                R"({"parties":[")" + party_number(1) + R"(",")" + party_number(2) +
                                    R"("],"decision":")" + decision + R"(","reason":")" + reason +
                                    "\"}",
                                with({}));
  }
  Supervision& supervision() { return *supervision_; }

 private:
  std::string directory_;
  ManualClock clock_{1'767'225'600'000};
  SeededRandom random_{7};
  std::unique_ptr<store::Files> files_;
  std::unique_ptr<exchange::Node> node_;
  std::unique_ptr<Supervision> supervision_;
  std::map<std::string, std::string, std::less<>> values_;
};

TEST(SupervisionWorlds, WhatIsHiddenChangesNoAnswer) {
  Community node;
  node.give("AVL",
            person(1, "Castle Family", marked()) + person(2, "Brook Power", marked()) +
                interest(1, 1, 2, "0.6", marked()),
            true);
  const auto parameters = node.with({{"explain", "true"}});
  const std::string query = R"({"names":["Brook Power"]})";
  const auto screened = node.supervision().screen(node.who("BOR"), query, parameters);
  const auto owned = node.supervision().owners(node.who("BOR"), party_number(2), node.with({}));
  ASSERT_TRUE(screened && owned);
  // AVL alone has a namesake, which makes the name more common, and a second interest.
  node.give("AVL", person(3, "Brook Power") + person(4, "Brook Family") + interest(2, 3, 2, "0.4") +
                       interest(3, 4, 1, "1"));
  EXPECT_EQ(
      node.supervision().screen(node.who("BOR"), query, node.with({{"explain", "true"}})).value(),
      *screened);
  EXPECT_EQ(node.supervision().owners(node.who("BOR"), party_number(2), node.with({})).value(),
            *owned);
  EXPECT_NE(node.supervision().screen(node.who(), query, node.with({{"explain", "true"}})).value(),
            *screened);
  EXPECT_NE(node.supervision().owners(node.who(), party_number(2), node.with({})).value(), *owned);
}

TEST(SupervisionWorlds, ANewVersionAndARevocationAreFollowed) {
  Community node;
  node.give("AVL",
            person(1, "Castle Family") + person(2, "Brook Power") + interest(1, 1, 2, "0.6"));
  const auto owners = [&] {
    return node.supervision().owners(node.who(), party_number(2), node.with({})).value();
  };
  EXPECT_NE(owners().find("\"capital\":[0.6,0.6]"), std::string::npos);
  std::string newer = interest(1, 1, 2, "0.7");
  newer.replace(newer.find("\"modified\":\"2026-01-01") + 12, 10, "2026-01-02");
  node.give("AVL", newer);
  EXPECT_NE(owners().find("\"capital\":[0.7,0.7]"), std::string::npos);
  std::string gone = interest(1, 1, 2, "0.7", R"(,"revoked":true)");
  gone.replace(gone.find("\"modified\":\"2026-01-01") + 12, 10, "2026-01-03");
  node.give("AVL", gone);
  EXPECT_NE(owners().find("\"owners\":[]"), std::string::npos) << owners();
}

TEST(SupervisionWorlds, OnlyAWholeKeyThatWritesSpeaksForItsParty) {
  Community node;
  exchange::Principal reader = node.who();
  reader.role = release::Role::kReader;
  exchange::Principal narrow = node.who();
  narrow.restriction.collections.emplace();
  for (const auto& by : {reader, narrow}) {
    EXPECT_EQ(node.decide("same", by).error().code, Code::kForbidden);
    EXPECT_EQ(node.supervision().rescreen(by, node.with({})).error().code, Code::kForbidden);
  }
  EXPECT_TRUE(node.supervision().rescreen(reader, node.with({{"dry_run", "true"}})).has_value());
  EXPECT_EQ(node.supervision().rescreen(narrow, node.with({{"dry_run", "true"}})).error().code,
            Code::kForbidden);
}

TEST(SupervisionLimits, QueriesOfARequest) {
  Community node;
  std::string queries = R"({"names":["a"]})";
  for (size_t i = 1; i < limits::kQueriesMax; ++i) queries += R"(,{"names":["a"]})";
  EXPECT_TRUE(node.supervision()
                  .screen(node.who(), "{\"queries\":[" + queries + "]}", node.with({}))
                  .has_value());
  queries += ",7";
  EXPECT_EQ(node.supervision()
                .screen(node.who(), "{\"queries\":[" + queries + "]}", node.with({}))
                .error()
                .code,
            Code::kTooLarge);
}

TEST(SupervisionLimits, ReasonsAndDecisionsOfOnePair) {
  Community node;
  EXPECT_TRUE(
      node.decide("same", node.who(), std::string(limits::kReasonBytesMax, 'r')).has_value());
  EXPECT_EQ(
      node.decide("same", node.who(), std::string(limits::kReasonBytesMax + 1, 'r')).error().code,
      Code::kTooLarge);
  for (uint32_t i = 1; i < limits::kDecisionsOfPairMax; ++i) {
    ASSERT_TRUE(node.decide("undo", node.who()).has_value()) << i;
    ASSERT_TRUE(node.decide("unsure", node.who()).has_value()) << i;
  }
  ASSERT_TRUE(node.decide("undo", node.who()).has_value());
  EXPECT_EQ(node.decide("unsure", node.who()).error().code, Code::kTooLarge);
}

TEST(SupervisionLimits, BuyersOfOneParty) {
  Community node;
  std::string buyers;
  for (size_t i = 0; i <= limits::kBuyersMax; ++i)
    buyers += person(1'000 + i, "Buyer", R"(,"roles":["screened-buyer"])");
  node.give("AVL", buyers);
  EXPECT_EQ(node.supervision().rescreen(node.who(), node.with({{"dry_run", "true"}})).error().code,
            Code::kTooLarge);
  // They are AVL's: BOR has none.
  EXPECT_EQ(node.supervision().rescreen(node.who("BOR"), node.with({})).value(),
            R"({"buyers":0,"changes":0,"recorded":true,"changed":[]})");
}

TEST(SupervisionLimits, IdentitiesOfACluster) {
  Community node;
  std::string decisions;
  for (size_t i = 1; i < limits::kClusterMax + 1; ++i) {
    std::string id = party_number(i);
    id.replace(0, 8, "identity-decision");
    decisions +=
        R"({"type":"identity-decision","spec_version":"2.1","id":")" + id +
        R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z",)" +
        R"("party_refs":[")" + party_number(i) + R"(",")" + party_number(i + 1) +
        R"("],"decision":"same","extensions":{")" + std::string(kSupervisionExtension) +
        R"(":{"extension_type":"new-sdo"}}})" + "\n";
  }
  node.give("AVL", decisions);
  const std::string cluster = node.supervision().cluster(node.who(), party_number(1)).value();
  const std::string members = cluster.substr(0, cluster.find("],"));
  EXPECT_EQ(
      static_cast<size_t>(std::count(members.begin(), members.end(), ',')),
      limits::kClusterMax);  // one before the list, and one less between than there are members
  EXPECT_NE(members.find(party_number(limits::kClusterMax)), std::string::npos);
  EXPECT_EQ(members.find(party_number(limits::kClusterMax + 1)), std::string::npos);
}

}  // namespace
}  // namespace entente::supervision
