// Clients that poll, against histories in which things enter a reader's world late: memberships begin and end, embargoes end,
// markings come after what they mark, objects are withdrawn. One client asks each time for what was added after the last date
// that it saw; one follows `next` to the end first. Both must come to hold exactly what the reader's world has held at the
// moments at which they asked: nothing missed and nothing else. Full listings are the measure.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/text.h"
#include "json/json.h"
#include "support/community.h"

namespace entente::taxii {
namespace {

using testing::Community;

struct Listing {
  std::vector<std::string> objects;  // their bytes, in order
  std::string next, last_date;
};

Listing read(const Response& response) {
  Listing out;
  const std::string body = json::padded(response.body.flatten());
  json::Parser parser;
  json::Document document;
  EXPECT_EQ(response.status, 200) << body;
  if (!parser.parse(std::string_view(body).substr(0, body.size()), &document)) {
    ADD_FAILURE() << body;
    return out;
  }
  if (const auto objects = document.root().find("objects")) {
    for (const json::Value object : objects->elements()) out.objects.emplace_back(object.raw());
  }
  if (const auto next = document.root().find("next")) out.next = next->text();
  for (const Header& header : response.headers) {
    if (header.name == "X-TAXII-Date-Added-Last") out.last_date = header.value;
  }
  return out;
}

// What a client keeps between two polls.
struct Client {
  bool follows_next = false;
  std::string last_date;
  std::multiset<std::string> held;

  void poll(Community& c) {
    for (;;) {
      std::string query = "?limit=3&match%5Bversion%5D=all";
      if (!last_date.empty()) query += "&added_after=" + last_date;
      Listing page = read(c.ask("BOR", "GET", Community::path("shared") + query));
      take(page);
      while (follows_next && !page.next.empty()) {
        page = read(c.ask("BOR", "GET", Community::path("shared") + query + "&next=" + page.next));
        take(page);
      }
      if (page.objects.empty() || follows_next) return;
    }
  }

 private:
  void take(const Listing& page) {
    held.insert(page.objects.begin(), page.objects.end());
    if (!page.last_date.empty()) last_date = page.last_date;
  }
};

// What is done to one node, drawn from a seed.
class Story {
 public:
  explicit Story(uint64_t seed) : random_(seed) {
    c.change(R"({"op":"group","code":"G","name":"g"})");
    c.change(R"({"op":"group","code":"R","name":"r","retroactive":true})");
  }

  void act() {
    c.clock.advance_ms(1 + below(2'000));
    switch (below(8)) {
      case 0:
        return join_or_leave();
      case 1:
        return late_marking();
      case 2:
        return withdraw();
      case 3:
        c.clock.advance_ms(below(20'000));
        return;
      default:
        return post();
    }
  }

  Community c;

 private:
  int64_t below(uint64_t n) {
    std::array<uint8_t, 8> bytes{};
    random_.fill(bytes);
    uint64_t value = 0;
    for (const uint8_t byte : bytes) value = value << 8 | byte;
    return static_cast<int64_t>(value % n);
  }
  static std::string uuid(int64_t number) {
    std::string digits = std::to_string(number);
    return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
  }
  void join_or_leave() {
    const std::string group = below(2) == 0 ? "G" : "R";
    bool& is_in = is_in_[group];
    const int64_t at_ms = c.clock.now_ms() + below(3) * 4'000;  // now, or in some seconds
    const std::string op = is_in ? R"("member-end","until":)" : R"("member","from":)";
    const auto done = c.node().change_directory(R"({"op":)" + op + std::to_string(at_ms) +
                                                R"(,"group":")" + group + R"(","member":"BOR"})");
    if (done) is_in = !is_in;
    joined_ += done ? 1 : 0;
  }
  std::string marking(int64_t number, const std::string& says) {
    return R"({"type":"marking-definition","spec_version":"2.1","id":"marking-definition--)" +
           uuid(number) +
           R"(","created":"2023-01-01T00:00:00.000Z","extensions":{"extension-definition--1e7ba81d-ed43-500c-b8fa-0acad45c151d":{"extension_type":"property-extension",)" +
           says + "}}}";
  }
  std::string draw_marking(int64_t number) {
    switch (below(3)) {
      case 0:
        return marking(number, R"("tlp":"amber","releasable_to":["G"])");
      case 1:
        return marking(number, R"("tlp":"amber","releasable_to":["R"])");
      default:
        return marking(number, R"("tlp":"amber","embargo_until":")" +
                                   format_time_ms(c.clock.now_ms() + 1 + below(30'000)) + "\"");
    }
  }
  void post() {
    std::string objects;
    for (int64_t left = 1 + below(5); left > 0; --left) {
      const int64_t number =
          below(4) == 0 && objects_ > 0 ? below(static_cast<uint64_t>(objects_)) : objects_++;
      std::string object = R"({"type":"campaign","spec_version":"2.1","id":"campaign--)" +
                           uuid(number) + R"(","created":"2023-01-01T00:00:00.000Z","modified":")" +
                           format_time_ms(c.clock.now_ms() + left) + R"(","name":"n")";
      if (below(3) != 0) {
        const bool is_new = below(3) == 0 || markings_ == 0;
        const int64_t mark =
            1'000 + (is_new ? markings_++ : below(static_cast<uint64_t>(markings_)));
        // Some come at once, some later, some never.
        if (is_new && below(2) == 0) {
          objects += (objects.empty() ? "" : ",") + draw_marking(mark);
        } else if (is_new) {
          owed_.push_back(mark);
        }
        object += R"(,"object_marking_refs":["marking-definition--)" + uuid(mark) + "\"]";
      }
      objects += (objects.empty() ? "" : ",") + object + "}";
    }
    EXPECT_EQ(c.post("AVL", "shared", objects).status, 202);
  }
  void late_marking() {
    if (owed_.empty()) return;
    const int64_t mark = owed_.back();
    owed_.pop_back();
    EXPECT_EQ(c.post("AVL", "shared", draw_marking(mark)).status, 202);
  }
  void withdraw() {
    if (objects_ == 0) return;
    const std::string id = "campaign--" + uuid(below(static_cast<uint64_t>(objects_)));
    c.ask("AVL", "DELETE", Community::path("shared") + id + "/");
  }

  SeededRandom random_;
  std::map<std::string, bool> is_in_;
  std::vector<int64_t> owed_;
  int64_t objects_ = 0, markings_ = 0;

 public:
  int joined_ = 0;
};

}  // namespace

TEST(Polling, BothKindsOfClientEndWithTheReadersWorld) {
  constexpr uint64_t kSeeds = 12;
  constexpr int kActs = 60;
  size_t left = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Story story(seed);
    Client by_date, by_next;
    by_next.follows_next = true;
    std::set<std::string> ever, before;
    for (int act = 0; act < kActs; ++act) {
      story.act();
      if (act % 3 != 0 && act + 1 < kActs) continue;  // they ask now and then
      const Listing world = read(story.c.ask(
          "BOR", "GET", Community::path("shared") + "?limit=10000&match%5Bversion%5D=all"));
      ever.insert(world.objects.begin(), world.objects.end());
      for (Client* client : {&by_date, &by_next}) {
        client->poll(story.c);
        const std::set<std::string> held(client->held.begin(), client->held.end());
        ASSERT_EQ(held, ever) << "seed " << seed << ", after act " << act << ", "
                              << (client->follows_next ? "next" : "added_after");
      }
      const std::set<std::string> now(world.objects.begin(), world.objects.end());
      for (const std::string& object : before) left += now.contains(object) ? 0 : 1;
      before = now;
    }
    EXPECT_GT(ever.size(), 10U);
    EXPECT_GT(story.joined_, 0);
  }
  EXPECT_GT(left, 10U) << "withdrawals and ended memberships take things out";
}

}  // namespace entente::taxii
