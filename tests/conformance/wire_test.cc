// What only the wire shows: compression both ways, chunks, pipelining, sizes, and pages while others write.
#include "tests/crash/wire.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "tests/crash/binary.h"
#include "tests/crash/objects.h"

namespace entente::testing {
namespace {

// window_bits 31: gzip; 15: zlib.
std::string deflated(const std::string& text, int window_bits) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(compressBound(static_cast<uLong>(text.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string inflated(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 31), Z_OK);
  std::string out(16 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

class OnTheWire : public ::testing::Test {
 protected:
  OnTheWire() : station_({"AVL", "BOR"}) {
    station_.collection("shared", {"AVL", "BOR"}, {"AVL", "BOR"}, "tlp:amber");
    server_ = station_.serve();
    EXPECT_TRUE(server_->ready()) << server_->errors();
  }
  ~OnTheWire() override { EXPECT_EQ(server_->stop().exit_code, 0); }

  std::vector<Header> headers(const std::vector<Header>& more = {}) const {
    std::vector<Header> out = taxii_headers(station_.key("AVL"));
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  static std::string path() { return objects_path("shared"); }

  Station station_;
  std::unique_ptr<Running> server_;
};

}  // namespace

TEST_F(OnTheWire, CompressedBothWays) {
  Wire wire(server_->port());
  for (const auto& [coding, bits] :
       {std::pair<std::string, int>{"gzip", 31}, {"x-gzip", 31}, {"deflate", 15}}) {
    const uint64_t first = static_cast<uint64_t>(bits) * 1000 + coding.size() * 100;
    const auto posted = wire.ask("POST", path(), headers({{"Content-Encoding", coding}}),
                                 deflated(envelope_of(first, 20), bits));
    ASSERT_TRUE(posted);
    EXPECT_EQ(posted->status, 202) << coding << ": " << posted->body;
    EXPECT_EQ(json_member(posted->body, "success_count"), "20");
  }
  const auto plain = wire.ask("GET", path(), headers());
  ASSERT_TRUE(plain && plain->status == 200);
  EXPECT_EQ(plain->header("Content-Encoding"), "");
  const auto packed = wire.ask("GET", path(), headers({{"Accept-Encoding", "gzip"}}));
  ASSERT_TRUE(packed && packed->status == 200);
  EXPECT_EQ(packed->header("Content-Encoding"), "gzip");
  EXPECT_NE(packed->header("Vary").find("Accept-Encoding"), std::string::npos);
  EXPECT_LT(packed->body.size(), plain->body.size());
  EXPECT_EQ(inflated(packed->body), plain->body);
  EXPECT_EQ(packed->header("X-TAXII-Date-Added-Last"), plain->header("X-TAXII-Date-Added-Last"));
  const auto refused =
      wire.ask("GET", path(), headers({{"Accept-Encoding", "gzip;q=0, identity"}}));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->body, plain->body);
}

TEST_F(OnTheWire, WhatIsNotCompressedAsSaidIsRefused) {
  const std::string whole = deflated(envelope_of(1, 50), 31);
  for (const auto& [coding, body] : {std::pair<std::string, std::string>{"gzip", envelope_of(1, 1)},
                                     {"gzip", whole.substr(0, whole.size() / 2)},
                                     {"br", whole}}) {
    Wire wire(server_->port());
    const auto answer = wire.ask("POST", path(), headers({{"Content-Encoding", coding}}), body);
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->status == 400 || answer->status == 415) << coding << ": " << answer->status;
    EXPECT_EQ(answer->header("Content-Type"), "application/taxii+json;version=2.1");
  }
  Wire wire(server_->port());
  const auto all = wire.ask("GET", path(), headers());
  ASSERT_TRUE(all);
  EXPECT_EQ(all->body, "{}") << "nothing came in";
}

TEST_F(OnTheWire, WhatInflatesPastTheLimitIsTooLarge) {
  Wire wire(server_->port());
  const auto root = wire.ask("GET", "/taxii2/entente/", headers());
  ASSERT_TRUE(root);
  const uint64_t most = std::stoull(json_member(root->body, "max_content_length"));
  const std::string bomb = deflated(std::string(most + 1, ' '), 31);
  const auto answer = wire.ask("POST", path(), headers({{"Content-Encoding", "gzip"}}), bomb);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413) << answer->body;
  EXPECT_EQ(answer->header("Content-Type"), "application/taxii+json;version=2.1");
}

// [taxii21 4.2.1] What is smaller than max_content_length is never 413; what is larger always is.
TEST_F(OnTheWire, TheLimitOfTheBodyIsTheOneTold) {
  Wire wire(server_->port());
  const auto root = wire.ask("GET", "/taxii2/entente/", headers());
  ASSERT_TRUE(root);
  const uint64_t most = std::stoull(json_member(root->body, "max_content_length"));
  Wire large(server_->port());
  std::string head = "POST " + path() + " HTTP/1.1\r\nHost: localhost\r\n";
  for (const Header& one : headers()) head += one.name + ": " + one.value + "\r\n";
  ASSERT_TRUE(large.send(head + "Content-Length: " + std::to_string(most + 1) + "\r\n\r\n"));
  const auto refused = large.receive();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 413);
  EXPECT_EQ(refused->header("Content-Type"), "application/taxii+json;version=2.1");
  EXPECT_EQ(json_member(refused->body, "http_status"), "413");
  Wire fits(server_->port());
  std::string body = envelope_of(1, 1);
  body.insert(body.size() - 1, most - body.size(), ' ');
  const auto taken = fits.ask("POST", path(), headers(), body);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->status, 202) << taken->body.substr(0, 300);
}

TEST_F(OnTheWire, ChunkedBodies) {
  Wire wire(server_->port());
  std::string head =
      "POST " + path() + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n";
  for (const Header& one : headers()) head += one.name + ": " + one.value + "\r\n";
  const std::string body = envelope_of(1, 30);
  std::mt19937 random(1);
  std::string chunks;
  for (size_t at = 0; at < body.size();) {
    const size_t size = std::min<size_t>(1 + random() % 700, body.size() - at);
    char line[32];
    snprintf(line, sizeof line, "%zx;name=\"v\"\r\n", size);
    chunks += line + body.substr(at, size) + "\r\n";
    at += size;
  }
  ASSERT_TRUE(wire.send(head + "\r\n"));
  for (size_t at = 0; at < chunks.size(); at += 997) ASSERT_TRUE(wire.send(chunks.substr(at, 997)));
  ASSERT_TRUE(wire.send("0\r\nTrailer-Field: x\r\n\r\n"));
  const auto posted = wire.receive();
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->status, 202) << posted->body;
  const auto all = wire.ask("GET", path(), headers());
  ASSERT_TRUE(all);
  EXPECT_EQ(all->body, body) << "the connection goes on, and the bytes are those that were sent";
}

TEST_F(OnTheWire, PipelinedRequestsAreAnsweredInOrder) {
  Wire wire(server_->port());
  std::string requests;
  for (uint64_t i = 0; i < 10; ++i) {
    requests += request_text("POST", path(), headers(), envelope_of(1 + i, 1));
    requests += request_text("GET", path() + object_id(1 + i) + "/", headers(), "");
    requests += request_text("HEAD", "/taxii2/", headers(), "");
    requests += request_text("GET", "/taxii2/nothing/", headers(), "");
  }
  ASSERT_TRUE(wire.send(requests));
  int found = 0;
  for (uint64_t i = 0; i < 10; ++i) {
    const auto posted = wire.receive();
    ASSERT_TRUE(posted);
    EXPECT_EQ(posted->status, 202);
    EXPECT_NE(posted->body.find(object_id(1 + i)), std::string::npos);
    const auto got = wire.receive();
    ASSERT_TRUE(got);
    // The two may be worked on side by side: only the order of the answers is sure.
    EXPECT_TRUE(got->status == 404 || got->body == envelope_of(1 + i, 1)) << got->body;
    found += got->status == 200;
    const auto head = wire.receive(true);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->status, 200);
    const auto nothing = wire.receive();
    ASSERT_TRUE(nothing);
    EXPECT_EQ(nothing->status, 404);
  }
  printf("%d of 10 pipelined reads saw the write before them\n", found);
}

TEST_F(OnTheWire, AHalfClosedConnectionStillGetsItsAnswer) {
  Wire wire(server_->port());
  ASSERT_TRUE(wire.send(request_text("GET", "/taxii2/", headers(), "")));
  wire.finish_sending();
  const auto answer = wire.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

// [taxii21 3.5] Readers that follow `next`, or poll by date, while four others write: nothing lost, nothing twice, in order.
TEST_F(OnTheWire, PagesUnderConcurrentWritesLoseAndRepeatNothing) {
  constexpr uint64_t kEach = 1'000'000;
  constexpr uint64_t kObjectsPerWriter = 600;
  std::atomic<int> writing{4};
  std::vector<std::thread> threads;
  for (uint64_t writer = 1; writer <= 4; ++writer) {
    threads.emplace_back([&, writer] {
      std::mt19937_64 random(writer);
      Wire wire(server_->port());
      for (uint64_t done = 0; done < kObjectsPerWriter;) {
        const auto count =
            static_cast<uint32_t>(std::min<uint64_t>(1 + random() % 12, kObjectsPerWriter - done));
        const auto answer =
            wire.ask("POST", path(), headers(), envelope_of(writer * kEach + done, count));
        if (!answer || answer->status != 202) {
          ADD_FAILURE() << (answer ? answer->body : "no answer");
          break;
        }
        done += count;
      }
      --writing;
    });
  }
  std::vector<std::vector<uint64_t>> seen(3);
  for (size_t reader = 0; reader < seen.size(); ++reader) {
    threads.emplace_back([&, reader] {
      const auto who = taxii_headers(station_.key("BOR"));
      const std::string limit = "?limit=" + std::to_string(7 + reader * 5);
      const bool by_date = reader == 0;
      Wire wire(server_->port());
      std::string next, date;  // the query's, and the cursor in it if it is being paged through
      std::string newest;      // date of the last object that came
      // One more round after the last write: until then a page may always be followed by another.
      for (bool is_last = false;;) {
        const bool was_quiet = writing.load() == 0;
        std::string query = limit;
        if (!date.empty()) query += "&added_after=" + date;
        if (!next.empty()) query += "&next=" + next;
        const auto page = wire.ask("GET", path() + query, who);
        const auto objects = page && page->status == 200 ? objects_of(page->body) : std::nullopt;
        if (!objects) {
          ADD_FAILURE() << (page ? page->body : "no answer");
          return;
        }
        for (const std::string& object : *objects)
          seen[reader].push_back(number_of(id_of(object)).value_or(0));
        if (!objects->empty()) newest = page->header("X-TAXII-Date-Added-Last");
        // A cursor belongs to its query: a row of pages is followed to its end before a new one begins from a date.
        next = by_date ? "" : json_member(page->body, "next");
        if (!next.empty()) continue;
        date = newest;
        if (is_last && objects->empty()) return;
        is_last = was_quiet;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto whole = gather(server_->port(), station_.key("BOR"), "shared", "", 10'000);
  ASSERT_TRUE(whole.complete);
  std::vector<uint64_t> order;
  for (const std::string& object : whole.objects)
    order.push_back(number_of(id_of(object)).value_or(0));
  EXPECT_EQ(order.size(), 4 * kObjectsPerWriter);
  EXPECT_EQ(std::set<uint64_t>(order.begin(), order.end()).size(), order.size());
  for (const auto& one : seen)
    EXPECT_EQ(one, order) << "the same objects in the same order, each once";
}

}  // namespace entente::testing
