// Through a whole node: markings, groups and embargoes as they are journaled, seen from one party.
#include "exchange/decisions.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/random.h"
#include "base/text.h"
#include "exchange/ingest.h"
#include "exchange/node.h"
#include "exchange/view.h"
#include "json/json.h"
#include "release/signed_object.h"
#include "store/files.h"

namespace entente::exchange {
namespace {

constexpr int64_t kStartMs = 1'767'225'600'000;

std::string marking_id(int n) {
  return fmt::format("marking-definition--00000000-0000-4000-8000-{:012}", n);
}

std::string refs_of(const std::vector<int>& markings) {
  std::string out;
  for (const int n : markings) out += (out.empty() ? "\"" : ",\"") + marking_id(n) + "\"";
  return out.empty() ? "" : R"(,"object_marking_refs":[)" + out + "]";
}

// A release marking that says `says`, itself marked.
std::string definition(int n, const std::string& says, const std::vector<int>& marked = {}) {
  return fmt::format(
      R"({{"type":"marking-definition","spec_version":"2.1","id":"{}","created":"2025-01-01T00:00:00.000Z",)"
      R"("extensions":{{"extension-definition--1e7ba81d-ed43-500c-b8fa-0acad45c151d":)"
      R"({{"extension_type":"property-extension",{}}}}}{}}})",
      marking_id(n), says, refs_of(marked));
}

std::string id_of_tool(int n) { return fmt::format("tool--00000000-0000-4000-8000-{:012}", n); }

std::string tool(int n, const std::vector<int>& markings, const std::string& more = "") {
  return fmt::format(
      R"({{"type":"tool","spec_version":"2.1","id":"{}",)"
      R"("created":"2025-01-01T00:00:00.000Z","modified":"2025-01-01T00:00:00.000Z","name":"t"{}{}}})",
      id_of_tool(n), more, refs_of(markings));
}

std::string part(int marking, const std::string& selector) {
  return fmt::format(R"({{"marking_ref":"{}","selectors":["{}"]}})", marking_id(marking), selector);
}

class Decided : public testing::Test {
 protected:
  Decided() {
    path_ = (std::filesystem::temp_directory_path() / "entente-decisions-XXXXXX").string();
    CHECK(::mkdtemp(path_.data()) != nullptr);
    NodeOptions options;
    options.directory = path_;
    options.clock = &clock_;
    options.random = &random_;
    options.files = files_.get();
    store::Recovery recovery;
    node_ = std::move(*Node::open(options, &recovery));
    for (const char* code : {"ORIGIN", "READER", "OTHER"}) {
      change(fmt::format(
          R"({{"op":"party","code":"{0}","name":"{0}","identity":"identity--00000000-0000-4000-8000-{1:012}"}})",
          code, ++parties_));
    }
    change(R"({"op":"group","code":"GROUP","name":"g"})");
  }
  ~Decided() override {
    node_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  void change(const std::string& json) {
    clock_.set_ms(now_ms_ += 1'000);
    const auto changed = node_->change_directory(json);
    ASSERT_TRUE(changed) << json << (changed ? "" : changed.error().detail);
  }
  void join(int64_t from_ms) {
    change(
        fmt::format(R"({{"op":"member","group":"GROUP","member":"READER","from":{}}})", from_ms));
  }
  // As one batch, a second later.
  void send(const std::vector<std::string>& objects, const std::string& party = "ORIGIN") {
    clock_.set_ms(now_ms_ += 1'000);
    auto submission = std::make_unique<Submission>();
    submission->who = *node_->as_party(party);
    for (const std::string& object : objects)
      submission->text += (submission->text.empty() ? R"({"objects":[)" : ",") + object;
    submission->text += "]}";
    submission->text.reserve(submission->text.size() + json::kPaddingBytes);
    Batcher batcher(node_->journal(), random_);
    ASSERT_TRUE(batcher.read_envelope(*submission, "", {}));
    const auto outcome = node_->submit_and_wait(std::move(submission));
    ASSERT_TRUE(outcome);
    ASSERT_EQ(outcome->accepted, objects.size());
  }
  void pass(int64_t ms) { clock_.set_ms(now_ms_ += ms); }

  // Of ORIGIN, whose key to sign with this test has.
  void add_key() {
    change(fmt::format(R"({{"op":"signing-key","party":"ORIGIN","public":"{}"}})",
                       to_hex(key_.public_key())));
  }
  std::string signed_by_origin(const std::string& statement) {
    return *release::sign_object(statement, key_);
  }
  Principal officer(const std::string& party = "ORIGIN") {
    Principal who = *node_->as_party(party);
    who.role = release::Role::kReleaseOfficer;
    return who;
  }

  // What the party gets of that tool, each with its date in milliseconds since the start.
  std::vector<std::string> seen(int n, const std::string& party = "READER",
                                const std::string& exercise = "") {
    Principal who = *node_->as_party(party);
    who.restriction.exercise = exercise;
    const View view = node_->view(who);
    std::vector<std::string> out;
    view.versions_of(id_of_tool(n), [&](store::Position at) {
      std::string scratch;
      out.emplace_back(view.edition(at, &scratch));
      dates_.push_back(view.date_us(at) / 1000);
      return true;
    });
    return out;
  }
  bool sees(int n, const std::string& party = "READER") { return !seen(n, party).empty(); }
  int64_t date_of(int n) {
    dates_.clear();
    return seen(n).empty() ? -1 : dates_.front();
  }

  std::string path_;
  ManualClock clock_{kStartMs};
  SeededRandom random_{1};
  const SigningKey key_ = SigningKey::generate(random_);
  std::unique_ptr<store::Files> files_ = store::posix_files();
  std::unique_ptr<Node> node_;
  int64_t now_ms_ = kStartMs;
  int parties_ = 0;
  std::vector<int64_t> dates_;
};

TEST_F(Decided, ChainsOfMarkingsEndAtDepthFour) {
  // Tool n is marked by marking n, which is marked by n - 1, and so on to 1.
  for (int n = 1; n <= 6; ++n) {
    send({definition(n, R"("tlp":"clear")", n == 1 ? std::vector<int>{} : std::vector<int>{n - 1}),
          tool(n, {n})});
  }
  // The first is unmarked, and so the originator's alone: it opens nothing.
  for (int n = 1; n <= 6; ++n) EXPECT_FALSE(sees(n)) << n;
  for (int n = 1; n <= 6; ++n) EXPECT_TRUE(sees(n, "ORIGIN")) << n;
}

TEST_F(Decided, ChainsThatAreOpenAreFollowedAsFarAsTheLimit) {
  const std::string clear = R"("marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487")";
  std::string first = definition(1, R"("tlp":"clear")");
  first.insert(first.size() - 1, R"(,"object_marking_refs":[)" + clear + "]");
  send({first, tool(1, {1})});
  for (int n = 2; n <= 6; ++n) send({definition(n, R"("tlp":"clear")", {n - 1}), tool(n, {n})});
  for (int n = 1; n <= 6; ++n) EXPECT_EQ(sees(n), n <= kMarkingDepthMax) << n;
}

TEST_F(Decided, CirclesAreClosedWhateverCameFirst) {
  std::vector<int> order{0, 1, 2, 3};
  int first = 1;  // each order has ids of its own
  do {
    const std::vector<std::string> objects{definition(first, R"("tlp":"clear")", {first + 1}),
                                           definition(first + 1, R"("tlp":"clear")", {first + 2}),
                                           definition(first + 2, R"("tlp":"clear")", {first}),
                                           tool(first, {first})};
    for (const int i : order) send({objects[static_cast<size_t>(i)]});
    first += 3;
  } while (std::ranges::next_permutation(order).found);
  EXPECT_EQ(node_->view(*node_->as_party("READER")).entry_count(), 0u);
  EXPECT_EQ(node_->view(*node_->as_party("ORIGIN")).entry_count(), 24u * 4);
}

TEST_F(Decided, AMarkingThatTheReaderMayNotReadOpensNothing) {
  send({tool(1, {1})});
  EXPECT_FALSE(sees(1)) << "its marking is not here";
  send({definition(1, R"("releasable_to":["READER"])", {2}), definition(2, R"("tlp":"clear")")});
  EXPECT_FALSE(sees(1)) << "the reader may not read the marking";
  EXPECT_FALSE(sees(1, "OTHER"));
  EXPECT_TRUE(sees(1, "ORIGIN"));
}

TEST_F(Decided, AnEmbargoEndsWhileTheNodeRuns) {
  const std::string clear =
      R"(,"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]})";
  const int64_t end_ms = now_ms_ + 60'000;
  std::string embargo = definition(
      1, fmt::format(R"("tlp":"clear","embargo_until":"{}")", format_time_us(end_ms * 1000)));
  embargo.replace(embargo.size() - 1, 1, clear);
  send({embargo, tool(1, {1})});
  EXPECT_FALSE(sees(1));
  pass(end_ms - now_ms_ - 1);
  EXPECT_FALSE(sees(1));
  pass(1);
  ASSERT_TRUE(sees(1));
  EXPECT_EQ(date_of(1), end_ms);
  pass(100'000);
  EXPECT_EQ(date_of(1), end_ms) << "the date stays";
}

// Nobody looks between: what came and what opened it are found at once.
TEST_F(Decided, AnEmbargoThatEndedUnseenDatesWhatItHeldBack) {
  const std::string clear =
      R"(,"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]})";
  const auto embargo = [&](int n, int64_t end_ms) {
    std::string out = definition(
        n, fmt::format(R"("tlp":"clear","embargo_until":"{}")", format_time_us(end_ms * 1000)));
    return out.replace(out.size() - 1, 1, clear);
  };
  const int64_t first_ms = now_ms_ + 60'000, second_ms = now_ms_ + 3'600'000;
  send({embargo(1, first_ms), embargo(2, second_ms), tool(1, {1})});
  pass(120'000);
  ASSERT_EQ(date_of(1), first_ms);
  send({tool(2, {2})});
  pass(7'200'000);
  EXPECT_EQ(date_of(2), second_ms);
  EXPECT_EQ(date_of(1), first_ms);
}

TEST_F(Decided, AGroupCountsFromReleaseOn) {
  const std::string clear =
      R"(,"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]})";
  std::string group = definition(1, R"("releasable_to":["GROUP"])");
  group.replace(group.size() - 1, 1, clear);
  send({group, tool(1, {1})});
  join(now_ms_ + 1'000);
  send({tool(2, {1})});
  EXPECT_FALSE(sees(1)) << "released before the reader joined";
  EXPECT_TRUE(sees(2));
  change(R"({"op":"group-retroactive","group":"GROUP","retroactive":true})");
  ASSERT_TRUE(sees(1));
  EXPECT_EQ(date_of(1), now_ms_) << "entered with the change";
  change(R"({"op":"group-retroactive","group":"GROUP","retroactive":false})");
  EXPECT_FALSE(sees(1));
}

class DecidedParts : public Decided {
 protected:
  // A tool that is open but for its description, under marking 1, and its labels, under 2.
  std::string parted(const std::string& description, const std::string& selector_2 = "labels") {
    return tool(1, {},
                fmt::format(R"(,"description":"{}","labels":["a"],"object_marking_refs":)"
                            R"(["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"],)"
                            R"("granular_markings":[{},{}])",
                            description, part(1, "description"), part(2, selector_2)));
  }
  std::string open_definition(int n, const std::string& says) {
    std::string out = definition(n, says);
    out.replace(
        out.size() - 1, 1,
        R"(,"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"]})");
    return out;
  }
};

// The reader's own definitions count for all. What comes to close one of the originator's that the reader never read
// took nothing from the reader: nothing is dated anew.
TEST_F(DecidedParts, ClosingWhatWasNeverReadDatesNothing) {
  change(R"({"op":"authority","party":"READER","marking":"*"})");
  send({open_definition(1, R"("tlp":"clear")")}, "READER");
  send({definition(1, R"("releasable_to":["OTHER"])", {2}), tool(1, {1})});
  const int64_t sent_ms = now_ms_;
  ASSERT_EQ(date_of(1), sent_ms);
  send({open_definition(2, R"("releasable_to":["OTHER"])")}, "READER");
  EXPECT_EQ(date_of(1), sent_ms);
}

TEST_F(DecidedParts, PartsAreCutUntilTheirMarkingLetsTheReader) {
  send({parted("hidden")});
  const int64_t first_ms = now_ms_;
  ASSERT_EQ(seen(1).size(), 1u);
  EXPECT_EQ(seen(1)[0].find("description"), std::string::npos);
  EXPECT_EQ(seen(1)[0].find("labels"), std::string::npos);
  EXPECT_EQ(date_of(1), first_ms);
  send({open_definition(2, R"("releasable_to":["READER"])")});
  EXPECT_NE(seen(1)[0].find("labels"), std::string::npos);
  EXPECT_EQ(seen(1)[0].find("description"), std::string::npos);
  EXPECT_EQ(date_of(1), now_ms_) << "what it says now came with the marking";
  EXPECT_NE(seen(1, "ORIGIN")[0].find("hidden"), std::string::npos);
}

// What opens a part that others hide entirely shows nothing, not even by a date.
TEST_F(DecidedParts, APartThatStaysHiddenDatesNothing) {
  send({parted("hidden", "description")});
  const int64_t first_ms = now_ms_;
  const std::string before = seen(1).at(0);
  send({open_definition(2, R"("releasable_to":["READER"])")});
  EXPECT_EQ(seen(1).at(0), before);
  EXPECT_EQ(date_of(1), first_ms);
}

// A world narrowed to a type grows and shrinks as the world does.
TEST_F(DecidedParts, NarrowedWorldsFollowTheirWorlds) {
  std::vector<std::string> hidden;
  for (int n = 10; n < 1'000; ++n) hidden.push_back(tool(n, {1}));
  const auto clear = [](int n) {
    return tool(
        n, {},
        R"(,"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"])");
  };
  send(hidden);
  send({clear(1), open_definition(3, R"("tlp":"clear")"), clear(2)});
  const auto tools_of = [&](const std::string& party) {
    const View view = node_->view(*node_->as_party(party));
    const uint16_t type = view.entry(992).type;
    const auto bits = view.narrowed({0, type});
    return std::pair(bits->count_in(0, 990), bits->count_in(990, view.snapshot().end()));
  };
  EXPECT_EQ(tools_of("READER"), std::pair(0ul, 2ul));
  EXPECT_EQ(tools_of("ORIGIN"), std::pair(990ul, 2ul));
  send({clear(4)});
  EXPECT_EQ(tools_of("READER"), std::pair(0ul, 3ul));
  EXPECT_EQ(tools_of("ORIGIN"), std::pair(990ul, 3ul));
  ASSERT_TRUE(node_->withdraw(*node_->as_party("ORIGIN"), {0, 990}));
  EXPECT_EQ(tools_of("READER"), std::pair(0ul, 2ul));
  EXPECT_EQ(tools_of("ORIGIN"), std::pair(989ul, 2ul));
}

// An object sent again with nothing changed but what is cut is for the reader what it was.
TEST_F(DecidedParts, AHiddenChangeShowsNowhere) {
  send({parted("hidden")});
  const int64_t first_ms = now_ms_;
  send({parted("hidden anew")});
  ASSERT_EQ(seen(1).size(), 1u);
  EXPECT_EQ(date_of(1), first_ms);
  EXPECT_EQ(seen(1, "ORIGIN").size(), 2u);
  send({open_definition(1, R"("releasable_to":["READER"])")});
  EXPECT_EQ(seen(1).size(), 2u) << "they differ in what the reader sees now";
}

// What was taken from the reader is not brought back by sending it again with something else in what is cut.
TEST_F(DecidedParts, WhatWasTakenIsNotBroughtBackByARepetition) {
  send({parted("hidden")});
  ASSERT_EQ(seen(1).size(), 1u);
  add_key();
  pass(1'000);
  const auto statement = node_->release_statement(officer(), ReleaseStatement::Kind::kNarrow,
                                                  id_of_tool(1), {"OTHER"}, "too much");
  ASSERT_TRUE(statement);
  ASSERT_TRUE(node_->act(officer(), signed_by_origin(*statement)));
  EXPECT_TRUE(seen(1).empty());
  send({parted("hidden anew")});
  EXPECT_TRUE(seen(1).empty());
  EXPECT_EQ(seen(1, "ORIGIN").size(), 2u);
  send({tool(
      1, {},
      R"(,"description":"open","object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"])")});
  EXPECT_EQ(seen(1).size(), 1u) << "what says something else is no repetition";
}

// A statement counts once, for what it names, signed with a key of its party that counts, sent by its officer.
TEST_F(DecidedParts, ActsAreWhatAnOfficerSigned) {
  send({parted("hidden")});
  using Kind = ReleaseStatement::Kind;
  const std::string statement =
      *node_->release_statement(officer(), Kind::kNarrow, id_of_tool(1), {}, "too much");
  EXPECT_NE(statement.find(to_hex(sha256({seen(1, "ORIGIN")[0]}))), std::string::npos);
  const auto code_of = [&](const Principal& who, const std::string& text) {
    const auto done = node_->act(who, text);
    return done ? std::optional<Code>() : done.error().code;
  };
  EXPECT_EQ(code_of(officer(), signed_by_origin(statement)), Code::kForbidden) << "no such key";
  add_key();
  EXPECT_EQ(code_of(officer(), statement), Code::kForbidden) << "not signed";
  EXPECT_EQ(code_of(officer(), "[]"), Code::kInvalid);
  EXPECT_EQ(code_of(officer(), statement.substr(0, statement.size() - 1)), Code::kInvalid);
  EXPECT_EQ(code_of(officer(), std::string(limits::kStatementBytesMax + 1, ' ')), Code::kTooLarge);
  std::string other = signed_by_origin(statement);
  other.replace(other.find("too much"), 8, "too late");
  EXPECT_EQ(code_of(officer(), other), Code::kForbidden) << "signed was something else";
  const std::string act = signed_by_origin(statement);
  EXPECT_EQ(code_of(officer("OTHER"), act), Code::kForbidden);
  Principal analyst = officer();
  analyst.role = release::Role::kContributor;
  EXPECT_EQ(code_of(analyst, act), Code::kForbidden);
  ASSERT_EQ(seen(1).size(), 1u);
  send({tool(
      1, {},
      R"(,"description":"later","object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"])")});
  EXPECT_EQ(code_of(officer(), act), std::nullopt);
  ASSERT_EQ(seen(1).size(), 1u) << "what came after the statement is not in it";
  EXPECT_NE(seen(1)[0].find("later"), std::string::npos);
  EXPECT_EQ(code_of(officer(), act), Code::kConflict) << "it was recorded";
  const std::string late =
      *node_->release_statement(officer(), Kind::kNarrow, id_of_tool(1), {}, "once more");
  change(fmt::format(R"({{"op":"signing-key-end","party":"ORIGIN","public":"{}"}})",
                     to_hex(key_.public_key())));
  pass(1'000);
  const std::string later =
      *node_->release_statement(officer(), Kind::kNarrow, id_of_tool(1), {}, "once more");
  EXPECT_EQ(code_of(officer(), signed_by_origin(later)), Code::kForbidden) << "the key has ended";
  EXPECT_EQ(code_of(officer(), signed_by_origin(late)), std::nullopt) << "it was made before that";
  EXPECT_TRUE(seen(1).empty());
}

// Journals from before acts were signed open as they did.
TEST(ReleaseActs, UnsignedOnesOfOldAreRead) {
  const auto act = decode_release_act(
      R"({"act":"narrow","by":3,"key":"k","to":["HQ"],"reason":"r","about":[[7,2]]})");
  ASSERT_TRUE(act);
  EXPECT_EQ(act->says.kind, ReleaseStatement::Kind::kNarrow);
  EXPECT_EQ(act->says.to, std::vector<std::string>{"HQ"});
  EXPECT_EQ(act->by, 3);
  ASSERT_EQ(act->about.size(), 1u);
  EXPECT_EQ(act->about[0].position, 7u);
  EXPECT_TRUE(act->signing_key.empty());
  EXPECT_FALSE(decode_release_act(R"({"act":"close","by":3,"to":[],"about":[]})"));
  EXPECT_FALSE(decode_release_act(R"({"statement":{},"by":3,"about":[]})"));
}

// Many markings with two definitions each: the choices are bounded, and the first still decides.
TEST_F(DecidedParts, ManyDefinitionsOfManyMarkingsAreWithinTheLimits) {
  std::vector<std::string> definitions;
  std::vector<int> markings;
  for (int n = 1; n <= 300; ++n) {
    definitions.push_back(open_definition(n, R"("tlp":"clear")"));
    definitions.push_back(open_definition(n, R"("tlp":"green")"));
    markings.push_back(n);
  }
  send(definitions);
  send({tool(1, markings)});
  EXPECT_EQ(seen(1).size(), 1u);
}

// A marking that states an exercise belongs to it: else nobody in the exercise could read under it.
TEST_F(DecidedParts, AnExerciseIsForWhoIsInIt) {
  send({open_definition(1, R"("tlp":"clear","exercise":"LOCKED-HARBOUR")"),
        open_definition(2, R"("tlp":"clear")"), tool(7, {1}), tool(8, {2}), tool(9, {1, 2})});
  EXPECT_TRUE(seen(7).empty());
  EXPECT_EQ(seen(7, "READER", "LOCKED-HARBOUR").size(), 1u);
  EXPECT_TRUE(seen(7, "READER", "OPEN-HARBOUR").empty());
  EXPECT_EQ(seen(8).size(), 1u);
  EXPECT_TRUE(seen(8, "READER", "LOCKED-HARBOUR").empty());
  EXPECT_TRUE(seen(9, "READER", "LOCKED-HARBOUR").empty()) << "one of its markings is live";
  EXPECT_EQ(seen(7, "ORIGIN").size(), 1u);
}

// Of several definitions that count, the first that the reader may read is the one.
TEST_F(Decided, AHiddenDefinitionDoesNotCloseWhatAnotherOpens) {
  change(R"({"op":"authority","party":"OTHER","marking":"*"})");
  std::string open = definition(1, R"("tlp":"clear")");
  open.insert(
      open.size() - 1,
      R"(,"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"])");
  send({tool(1, {1})});
  EXPECT_FALSE(sees(1));
  send({open}, "OTHER");
  EXPECT_TRUE(sees(1));
  send({definition(1, R"("tlp":"red")")});
  EXPECT_TRUE(sees(1)) << "the originator's own is hidden from the reader";
}

// Where the first stops being read and another opens the object, it enters then, not when that other came.
TEST_F(DecidedParts, WhatADefinitionKeptOutEntersWhenThatIsNoLongerRead) {
  change(R"({"op":"authority","party":"OTHER","marking":"*"})");
  join(now_ms_);
  std::string own = definition(1, R"("releasable_to":["OTHER"])", {2});
  send({open_definition(2, R"("releasable_to":["GROUP"])"), own});
  send({open_definition(1, R"("tlp":"clear")")}, "OTHER");
  send({tool(1, {1})});
  EXPECT_FALSE(sees(1)) << "the originator's own definition is read, and names another";
  change(fmt::format(R"({{"op":"member-end","group":"GROUP","member":"READER","until":{}}})",
                     now_ms_ + 1'000));
  ASSERT_TRUE(sees(1));
  EXPECT_EQ(date_of(1), now_ms_);
}

}  // namespace
}  // namespace entente::exchange
