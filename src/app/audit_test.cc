// The audit log: chains, rotation, going on after an end or a crash, what verification finds, a disk that refuses.
#include "app/audit.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/json_text.h"
#include "base/text.h"

namespace entente::app {
namespace {

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

class AuditLog : public testing::Test {
 protected:
  AuditLog() {
    std::string path = (std::filesystem::temp_directory_path() / "entente-audit-XXXXXX").string();
    root_ = ::mkdtemp(path.data());
  }
  ~AuditLog() override { std::filesystem::remove_all(root_); }
  std::unique_ptr<Audit> open(size_t file_bytes_max = limits::kAuditFileBytes) {
    auto audit = Audit::open(*files_, directory(), clock_, file_bytes_max);
    EXPECT_TRUE(audit) << audit.error().detail;
    return std::move(*audit);
  }
  static void add(Audit& audit, std::string_view party, std::string_view object) {
    audit.add({.party = party,
               .by = "operator",
               .action = "get",
               .collection = {},
               .object = object,
               .count = 1,
               .status = 200,
               .request = {}});
  }
  std::string directory() const { return root_ + "/audit"; }
  std::string file(int number) const {
    return directory() + "/AUDIT-00000" + std::to_string(number) + ".jsonl";
  }
  std::vector<std::string> problems() const { return verify_audit(*files_, directory()).problems; }

  std::string root_;
  std::unique_ptr<store::Files> files_ = store::posix_files();
  ManualClock clock_{1'700'000'000'000};
};

TEST_F(AuditLog, ChainsEachPartysLines) {
  {
    const auto audit = open();
    add(*audit, "HQ", "indicator--1");
    add(*audit, "AVL", "indicator--2");
    add(*audit, "HQ", "indicator--3");
    ASSERT_TRUE(audit->flush());
    EXPECT_EQ(audit->lines(), 3U);
  }
  const std::string text = read(file(1));
  const auto lines = split(text, '\n');
  ASSERT_EQ(lines.size(), 4U);
  const auto first = Fields::parse(lines[0]), second = Fields::parse(lines[1]),
             third = Fields::parse(lines[2]);
  ASSERT_TRUE(first && second && third);
  EXPECT_EQ(first->text("previous"), std::string(64, '0'));
  EXPECT_EQ(second->text("previous"), std::string(64, '0')) << "another party's chain";
  EXPECT_EQ(third->text("previous"), to_hex(sha256({lines[0]})));
  EXPECT_EQ(first->text("at"), "2023-11-14T22:13:20.000Z");
  const AuditReport report = verify_audit(*files_, directory());
  EXPECT_EQ(report.lines, 3U);
  EXPECT_TRUE(report.problems.empty());
}

TEST_F(AuditLog, GoesOnWhereItEnded) {
  for (int i = 0; i < 4; ++i) {
    const auto audit = open();
    add(*audit, "HQ", "indicator--" + std::to_string(i));
  }
  EXPECT_EQ(verify_audit(*files_, directory()).lines, 4U);
  EXPECT_TRUE(problems().empty());
}

TEST_F(AuditLog, CutsATornLastLine) {
  {
    const auto audit = open();
    add(*audit, "HQ", "indicator--1");
    add(*audit, "HQ", "indicator--2");
  }
  const std::string text = read(file(1));
  for (size_t cut = text.find('\n') + 1; cut < text.size(); cut += 5) {
    write(file(1), text.substr(0, cut));
    EXPECT_TRUE(problems().empty()) << "what a crash leaves is no alteration";
    {
      const auto audit = open();
      add(*audit, "HQ", "indicator--3");
    }
    EXPECT_EQ(verify_audit(*files_, directory()).lines, 2U) << cut;
    EXPECT_TRUE(problems().empty()) << cut;
  }
}

TEST_F(AuditLog, RotatesAndCarriesTheHeadsOver) {
  for (int i = 0; i < 6; ++i) {
    const auto audit = open(200);
    add(*audit, i % 2 == 0 ? "HQ" : "AVL", "indicator--" + std::to_string(i));
    ASSERT_TRUE(audit->flush());
  }
  ASSERT_TRUE(std::filesystem::exists(file(3)));
  EXPECT_TRUE(problems().empty());
  EXPECT_EQ(verify_audit(*files_, directory()).lines, 6U);
  const std::string second = read(file(2));
  std::filesystem::remove(file(2));
  EXPECT_EQ(problems().size(), 1U);
  write(file(2), second.substr(second.find('\n') + 1));
  EXPECT_TRUE(problems().empty()) << "the heads only repeat what the lines say";
}

TEST_F(AuditLog, EveryChangedByteOfALineThatIsFollowedShows) {
  {
    const auto audit = open();
    for (int i = 0; i < 3; ++i) add(*audit, "HQ", "indicator--" + std::to_string(i));
  }
  const std::string text = read(file(1));
  const size_t last = text.rfind("{\"at\"");
  for (size_t at = 0; at < last; ++at) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    write(file(1), changed);
    EXPECT_FALSE(problems().empty()) << "byte " << at;
  }
  write(file(1), text.substr(text.find('\n') + 1));
  EXPECT_EQ(problems().size(), 1U) << "a line left out";
}

// A disk on which nothing can be written while `refuses` is set.
class RefusingFiles final : public store::Files {
 public:
  explicit RefusingFiles(store::Files& files) : files_(files) {}
  bool refuses = false;

  Result<std::unique_ptr<store::File>> open(const std::string& path) override {
    if (refuses) return fail(Code::kUnavailable, "disk full");
    return files_.open(path);
  }
  Result<std::shared_ptr<store::Mapping>> map(const std::string& path, uint64_t size,
                                              store::Access access) override {
    return files_.map(path, size, access);
  }
  Result<std::string> read(const std::string& path) override { return files_.read(path); }
  Result<std::vector<std::string>> list(const std::string& path) override {
    return files_.list(path);
  }
  bool exists(const std::string& path) override { return files_.exists(path); }
  Result<void> make_directory(const std::string& path) override {
    return files_.make_directory(path);
  }
  Result<void> rename(const std::string& from, const std::string& to) override {
    return files_.rename(from, to);
  }
  Result<void> remove(const std::string& path) override { return files_.remove(path); }
  Result<void> sync_directory(const std::string& path) override {
    return files_.sync_directory(path);
  }
  Result<std::shared_ptr<void>> lock(const std::string& path) override { return files_.lock(path); }

 private:
  store::Files& files_;
};

TEST_F(AuditLog, KeepsLinesWhileTheDiskRefusesAndCountsWhatItCannotKeep) {
  RefusingFiles files(*files_);
  files.refuses = true;
  auto opened = Audit::open(files, directory(), clock_);
  ASSERT_TRUE(opened);
  Audit& audit = **opened;
  const std::string object(1'000, 'x');
  add(audit, "HQ", "indicator--first");
  EXPECT_FALSE(audit.flush());
  while (audit.lost() == 0) add(audit, "HQ", object);
  add(audit, "HQ", object);
  EXPECT_EQ(audit.lost(), 2U);
  const uint64_t kept = audit.lines();
  EXPECT_GE(kept * object.size(), limits::kAuditWaitingBytesMax * 8 / 10);
  files.refuses = false;
  ASSERT_TRUE(audit.flush());
  add(audit, "HQ", "indicator--last");
  ASSERT_TRUE(audit.flush());
  opened->reset();
  const std::string text = read(file(1));
  EXPECT_NE(text.find("\"lost\":2"), std::string::npos);
  EXPECT_EQ(verify_audit(*files_, directory()).lines, kept + 1);
  EXPECT_TRUE(problems().empty());
}

TEST_F(AuditLog, APartyGetsItsOwnLinesAndFollowsThem) {
  const auto audit = open(700);  // several files
  for (int i = 0; i < 9; ++i) {
    add(*audit, "HQ", "indicator--" + std::to_string(i));
    clock_.advance_ms(1000);
    add(*audit, "AVL", "\"party\":\"HQ\"");
    ASSERT_TRUE(audit->flush());
  }
  ASSERT_GT(std::filesystem::file_size(file(2)), 0U);
  std::string all, after;
  size_t pages = 0;
  do {
    const auto page = audit->page({"HQ", INT64_MIN, after, 4});
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_EQ(page->find("AVL"), std::string::npos);
    all += *page + "\n";
    after = Fields::parse(*page)->text("next");
    ++pages;
  } while (!after.empty());
  EXPECT_EQ(pages, 3U);
  const AuditReport report = verify_audit_text(all);
  EXPECT_EQ(report.lines, 9U);
  EXPECT_EQ(report.problems, std::vector<std::string>());

  const std::string late = *audit->page({"HQ", 1'700'000'005'000'000, "", 100});
  EXPECT_EQ(verify_audit_text(late).lines, 4U) << late;
  EXPECT_EQ(audit->page({"AVL", INT64_MIN, after = std::string(64, 'a'), 4}).error().code,
            Code::kInvalid);
  EXPECT_EQ(*audit->page({"LIA", INT64_MIN, "", 4}), R"({"items":[]})");

  std::string changed = all;
  changed.replace(changed.find("indicator--5"), 12, "indicator--6");
  EXPECT_EQ(verify_audit_text(changed).problems.size(), 1U);
  std::string cut = all;
  const size_t line = cut.find("{\"at\"", cut.find("indicator--3"));
  cut.erase(line, cut.find('\n', line) + 1 - line);
  EXPECT_EQ(verify_audit_text(cut).problems.size(), 1U);
  EXPECT_FALSE(verify_audit_text("").problems.empty());
  EXPECT_FALSE(verify_audit_text("{}").problems.empty());
}

// Of lines about some objects, page by page, none twice and none left out.
TEST_F(AuditLog, PagesHaveOnlyTheLinesAboutWhatIsAskedFor) {
  const auto audit = open(700);
  for (int i = 0; i < 12; ++i) {
    add(*audit, "HQ", "case--" + std::to_string(i % 3));
    add(*audit, "AVL", "case--1");
  }
  AuditQuery query{"HQ", INT64_MIN, {}, 3, {"case--1", "case--2"}};
  std::string all;
  size_t pages = 0;
  do {
    const auto page = audit->page(query);
    ASSERT_TRUE(page);
    all += *page;
    query.after = Fields::parse(*page)->text("next");
    ++pages;
  } while (!query.after.empty() && pages < 10);
  EXPECT_EQ(pages, 3U);
  const auto count = [&](std::string_view what) {
    size_t out = 0;
    for (size_t at = all.find(what); at != std::string::npos; at = all.find(what, at + 1)) ++out;
    return out;
  };
  EXPECT_EQ(count("\"object\":\"case--1\""), 4U);
  EXPECT_EQ(count("\"object\":\"case--2\""), 4U);
  EXPECT_EQ(count("\"object\":"), 8U);
  EXPECT_EQ(count("AVL"), 0U);
}

TEST_F(AuditLog, APageHasAsManyLinesAsItsLimit) {
  const auto audit = open();
  for (int i = 0; i < 5; ++i) add(*audit, "HQ", "x");
  const auto lines_of = [&](uint32_t limit) {
    return verify_audit_text(*audit->page({"HQ", INT64_MIN, "", limit})).lines;
  };
  EXPECT_EQ(lines_of(5), 5U);
  EXPECT_EQ(lines_of(4), 4U);
}

}  // namespace
}  // namespace entente::app
