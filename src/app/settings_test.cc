// Settings: precedence, every key, what is refused and where; and which addresses need TLS.
#include "app/settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace entente::app {
namespace {

class SettingsFile : public testing::Test {
 protected:
  SettingsFile() {
    std::string path = (std::filesystem::temp_directory_path() / "entente-toml-XXXXXX").string();
    const int fd = ::mkstemp(path.data());
    ::close(fd);
    path_ = path;
  }
  ~SettingsFile() override { std::filesystem::remove(path_); }
  Result<Settings> read(std::string_view text, Settings settings = {}) const {
    {
      std::ofstream out(path_, std::ios::trunc);
      out << text;
    }
    TRY(read_settings_file(path_, &settings));
    return settings;
  }
  std::string path_;
};

TEST_F(SettingsFile, ReadsEveryKey) {
  const auto settings = read(R"(
listen = "127.0.0.1:1"
tls_cert = "c.pem"
tls_key = "k.pem"
insecure_plaintext = true
log_json = true
log_level = "debug"
title = "T"
threads = 3
[limits]
connections_max = 4
body_bytes_max = 5
header_ms_max = 6
idle_ms_max = 7
body_stall_ms_max = 8
request_ms_max = 9
write_stall_ms_max = 10
[quotas]
requests_per_second = 11
requests_burst = 12
write_bytes_per_second = 13
write_bytes_burst = 14
[watch]
indicators_max = 15
remembered_max = 16
remembered_bytes_max = 17
remembered_days = 18
lateness_seconds = 19
backfill_days = 20
backfill_max = 21
)");
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->listen, "127.0.0.1:1");
  EXPECT_EQ(settings->tls_certificate, "c.pem");
  EXPECT_EQ(settings->tls_key, "k.pem");
  EXPECT_EQ(settings->insecure_plaintext, true);
  EXPECT_EQ(settings->log_json, true);
  EXPECT_EQ(settings->log_level, "debug");
  EXPECT_EQ(settings->title, "T");
  EXPECT_EQ(settings->threads, 3U);
  EXPECT_EQ(settings->connections_max, 4U);
  EXPECT_EQ(settings->body_bytes_max, 5U);
  EXPECT_EQ(settings->header_ms_max, 6U);
  EXPECT_EQ(settings->idle_ms_max, 7U);
  EXPECT_EQ(settings->body_stall_ms_max, 8U);
  EXPECT_EQ(settings->request_ms_max, 9U);
  EXPECT_EQ(settings->write_stall_ms_max, 10U);
  EXPECT_EQ(settings->requests_per_second, 11U);
  EXPECT_EQ(settings->requests_burst, 12U);
  EXPECT_EQ(settings->write_bytes_per_second, 13U);
  EXPECT_EQ(settings->write_bytes_burst, 14U);
  EXPECT_EQ(settings->watch.watched_max, 15U);
  EXPECT_EQ(settings->watch.remembered_max, 16U);
  EXPECT_EQ(settings->watch.remembered_bytes_max, 17U);
  EXPECT_EQ(settings->watch.remembered_days, 18);
  EXPECT_EQ(settings->watch.lateness_seconds, 19);
  EXPECT_EQ(settings->watch.backfill_days, 20);
  EXPECT_EQ(settings->watch.backfill_max, 21U);
}

TEST_F(SettingsFile, BoundsOfWatchingHaveAMost) {
  EXPECT_TRUE(read("[watch]\nbackfill_days = 3660\n"));
  EXPECT_FALSE(read("[watch]\nbackfill_days = 3661\n"));
  EXPECT_FALSE(read("[watch]\nbackfill_days = 0\n"));
  EXPECT_FALSE(read("[watch]\ntea = 1\n"));
}

TEST_F(SettingsFile, AQuotaMayBeOffAndALimitMayNot) {
  const auto settings = read("[quotas]\nrequests_per_second = 0\nwrite_bytes_per_second = 0\n");
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->requests_per_second, 0U);
  EXPECT_EQ(settings->write_bytes_per_second, 0U);
  EXPECT_FALSE(settings->requests_burst);
  EXPECT_FALSE(read("[quotas]\nrequests_burst = 0\n"));
  EXPECT_FALSE(read("[limits]\nconnections_max = 0\n"));
}

TEST_F(SettingsFile, WhatIsSetAlreadyCounts) {
  Settings flags;
  flags.listen = "127.0.0.1:9";
  const auto settings = read("listen = \"127.0.0.1:1\"\nthreads = 3\n", flags);
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->listen, "127.0.0.1:9");
  EXPECT_EQ(settings->threads, 3U);
}

TEST_F(SettingsFile, RefusesWithLineAndKey) {
  for (const auto& [text, said] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"\nlisten = 3\n", ":2: listen must be a text"},
           {"log_json = 1\n", ":1: log_json must be true or false"},
           {"threads = 0\n", ":1: threads must be a whole number"},
           {"threads = \"3\"\n", ":1: threads must be a whole number"},
           {"lisen = \"x\"\n", ":1: lisen is not a known key"},
           {"[limits]\nbody_max = 3\n", ":2: body_max is not a known limit"},
           {"limits = 3\n", ":1: limits must be a table"},
           {"quotas = 3\n", ":1: quotas must be a table"},
           {"[quotas]\nrequests = 3\n", ":2: requests is not a known quota"},
           {"[quotas]\nrequests_per_second = -1\n", ":2: requests_per_second must be a whole"},
           {"a = \n", ":1: "}}) {
    const auto settings = read(text);
    ASSERT_FALSE(settings) << text;
    EXPECT_NE(settings.error().detail.find(said), std::string::npos) << settings.error().detail;
  }
  Settings none;
  EXPECT_TRUE(read_settings_file("/nonexistent/entente.toml", &none)) << "a file is not needed";
}

TEST(SettingsEnvironment, FillsWhatIsUnset) {
  ::setenv("ENTENTE_TITLE", "From outside", 1);
  ::setenv("ENTENTE_THREADS", "5", 1);
  ::setenv("ENTENTE_LOG_JSON", "1", 1);
  Settings settings;
  settings.threads = 2;
  EXPECT_TRUE(read_settings_environment(&settings));
  EXPECT_EQ(settings.title, "From outside");
  EXPECT_EQ(settings.threads, 2U);
  EXPECT_EQ(settings.log_json, true);
  ::setenv("ENTENTE_LOG_JSON", "maybe", 1);
  Settings fresh;
  EXPECT_FALSE(read_settings_environment(&fresh));
  for (const char* name : {"ENTENTE_TITLE", "ENTENTE_THREADS", "ENTENTE_LOG_JSON"})
    ::unsetenv(name);
}

TEST(SettingsExposure, OpenAddressesNeedTlsOrAWord) {
  const Settings bare;
  for (const char* address :
       {"127.0.0.1:1", "127.8.8.8:1", "[::1]:1", "localhost:1", "unix:/run/x"}) {
    EXPECT_TRUE(check_exposure(bare, address)) << address;
  }
  for (const char* address : {"0.0.0.0:1", "192.0.2.1:1", "[::]:1", "[2001:db8::1]:1",
                              "1270.0.0.1:1", ":1", "[::ffff:127.0.0.1]:1"}) {
    EXPECT_FALSE(check_exposure(bare, address)) << address;
  }
  Settings tls;
  tls.tls_certificate = "c";
  EXPECT_FALSE(check_exposure(tls, "0.0.0.0:1")) << "a certificate without its key";
  tls.tls_key = "k";
  EXPECT_TRUE(check_exposure(tls, "0.0.0.0:1"));
  Settings insecure;
  insecure.insecure_plaintext = true;
  EXPECT_TRUE(check_exposure(insecure, "0.0.0.0:1"));
}

}  // namespace
}  // namespace entente::app
