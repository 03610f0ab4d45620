// For the tests of this module: parties that share, indicators and events of few words, and a disk that fails on demand.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "exchange/importer.h"
#include "exchange/node.h"
#include "json/json.h"
#include "release/signed_object.h"
#include "store/fault_files.h"
#include "store/files.h"
#include "watch/limits.h"
#include "watch/watch.h"

namespace entente::watch {

inline const std::string kGreen = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
inline const std::string kAmber = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";

inline std::string identity(int n) {
  return "identity--00000000-0000-4000-8000-00000000000" + std::to_string(n);
}
inline std::string indicator_id(int n) {
  return "indicator--00000000-0000-4000-8000-00000000000" + std::to_string(n);
}
inline std::string observed_id(int n) {
  return "observed-data--00000000-0000-4000-8000-00000000000" + std::to_string(n);
}

inline std::string indicator(int n, const std::string& pattern, int version = 1,
                             const std::string& more = "") {
  return R"({"type":"indicator","spec_version":"2.1","id":")" + indicator_id(n) +
         R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-0)" +
         std::to_string(version) +
         R"(T00:00:00.000Z","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z","pattern":")" +
         pattern + "\"" + more + "}";
}

inline std::string named(const std::string& domain) {
  return "[domain-name:value = '" + domain + "']";
}

struct Domain {
  std::string value, id;
};
inline const Domain kA{"a.example", "domain-name--1ca06c19-00ae-5ba3-81dd-1f6fc4cba4e4"},
    kB{"b.example", "domain-name--aae86a26-a0d7-5e19-bb67-9ff3c0e6f0a5"};

// An observed-data of one domain.
inline std::string seen(int n, const Domain& domain, const std::string& second,
                        const std::string& more = "") {
  const std::string time = "2026-05-28T20:26:" + second + "Z";
  return R"({"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000001","objects":[{"type":"observed-data",)"
         R"("spec_version":"2.1","id":")" +
         observed_id(n) +
         R"(","created":"2026-05-28T20:26:40.000Z","modified":"2026-05-28T20:26:40.000Z",)" +
         R"("first_observed":")" + time + R"(","last_observed":")" + time +
         R"(","number_observed":1,"object_refs":[")" + domain.id + "\"]" + more +
         R"(},{"type":"domain-name","spec_version":"2.1","id":")" + domain.id + R"(","value":")" +
         domain.value + "\"}]}\n";
}

class Lines final : public exchange::Source {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  Result<std::string_view> next() override { return std::exchange(text_, {}); }

 private:
  std::string_view text_;
};

void remove_tree(const std::string& path);

// A node with the parties AVL, BOR and LIA; all of them share "shared", and BOR and LIA share "narrow".
class Community {
 public:
  explicit Community(const Bounds& bounds = {})
      : files_(store::posix_files()), faults_(*files_), bounds_(bounds) {
    char name[] = "/tmp/entente-watch-XXXXXX";
    directory_ = ::mkdtemp(name);
    open();
    change(R"({"op":"party","code":"AVL","name":"Avalon","identity":")" + identity(1) + "\"}");
    change(R"({"op":"party","code":"BOR","name":"Borealia","identity":")" + identity(2) + "\"}");
    change(R"({"op":"party","code":"LIA","name":"Lia","identity":")" + identity(3) + "\"}");
    change(
        R"({"op":"collection","alias":"shared","id":"6f8c1f5e-0000-4000-8000-000000000000","title":"S","read":["AVL","BOR","LIA"],"write":["AVL","BOR","LIA"],"default":"tlp:amber"})");
    change(
        R"({"op":"collection","alias":"narrow","id":"6f8c1f5e-0000-4000-8000-000000000001","title":"N","read":["BOR","LIA"],"write":["BOR","LIA"],"default":"tlp:amber"})");
  }
  ~Community() {
    watch_.reset();
    node_.reset();
    remove_tree(directory_);
  }
  Community(const Community&) = delete;
  Community& operator=(const Community&) = delete;

  void open() {
    watch_.reset();
    node_.reset();
    exchange::NodeOptions options;
    options.directory = directory_;
    options.clock = &clock_;
    options.random = &random_;
    options.files = &faults_;
    store::Recovery recovery;
    auto opened = exchange::Node::open(options, &recovery);
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    node_ = std::move(*opened);
    watch_ = std::make_unique<Watch>(*node_, random_, bounds_);
  }
  void change(const std::string& json) {
    clock_.advance_ms(10);
    const auto changed = node_->change_directory(json);
    ASSERT_TRUE(changed.has_value()) << changed.error().detail;
  }
  void wait() { clock_.advance_ms(10); }
  // Leaves an object to its originator alone.
  void narrow(const std::string& code, const std::string& id) {
    const SigningKey key = SigningKey::generate(random_);
    change(R"({"op":"signing-key","party":")" + code + R"(","public":")" +
           to_hex(key.public_key()) + R"("})");
    clock_.advance_ms(10);
    const exchange::Principal officer = *node_->as_party(code);
    const auto statement = node_->release_statement(
        officer, exchange::ReleaseStatement::Kind::kNarrow, id, {}, "source at risk");
    ASSERT_TRUE(statement.has_value()) << statement.error().detail;
    EXPECT_TRUE(node_->act(officer, *release::sign_object(*statement, key)));
  }
  void share(const std::string& code, const std::string& object,
             const std::string& collection = "shared") {
    clock_.advance_ms(10);
    exchange::ImportOptions options;
    options.who = *node_->as_party(code);
    options.collection = number(code, collection);
    exchange::Importer importer(*node_, random_, options);
    EXPECT_TRUE(importer.run([&]() -> Result<std::unique_ptr<exchange::Source>> {
      return std::make_unique<Lines>(object);
    }));
    EXPECT_EQ(importer.report().accepted, 1U) << exchange::to_json(importer.report(), true);
  }
  release::CollectionNumber number(const std::string& code, const std::string& alias) {
    const auto* const found = node_->view(*node_->as_party(code)).collection(alias);
    return found == nullptr ? release::kNoCollection : found->number;
  }
  ObserveReport observe(const std::string& code, const std::string& body,
                        const ObserveOptions& options = {}) {
    clock_.advance_ms(10);
    const std::string bytes = json::padded(body);
    const auto report = watch_->observe(*node_->as_party(code),
                                        std::string_view(bytes).substr(0, body.size()), options);
    EXPECT_TRUE(report) << report.error().detail;
    return report ? *report : ObserveReport();
  }
  // Whether it was stored; it may not be, as the disk fails.
  bool try_observe(const std::string& code, const std::string& body,
                   const ObserveOptions& options = {}) {
    clock_.advance_ms(10);
    const std::string bytes = json::padded(body);
    return watch_
        ->observe(*node_->as_party(code), std::string_view(bytes).substr(0, body.size()), options)
        .has_value();
  }
  // What the party reads of an id, newest first.
  std::vector<std::string> reads(const std::string& code, const std::string& id) {
    const exchange::View view = node_->view(*node_->as_party(code));
    std::vector<std::string> out;
    view.versions_of(id, [&](store::Position position) {
      std::string scratch;
      out.emplace_back(view.edition(position, &scratch));
      return true;
    });
    return out;
  }
  Watch& watch() { return *watch_; }
  store::FaultFiles& faults() { return faults_; }
  void advance_days(int64_t days) { clock_.advance_ms(days * 86'400'000); }
  exchange::Node& node() { return *node_; }
  WatchStatus status(const std::string& code) {
    const auto status = watch_->status(*node_->as_party(code));
    EXPECT_TRUE(status);
    return status ? *status : WatchStatus();
  }

 private:
  ManualClock clock_{1'780'000'000'000};  // 2026-05-28T20:26:40Z
  SeededRandom random_{7};
  std::unique_ptr<store::Files> files_;
  store::FaultFiles faults_;
  const Bounds bounds_;
  std::string directory_;
  std::unique_ptr<exchange::Node> node_;
  std::unique_ptr<Watch> watch_;
};

inline bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace entente::watch
