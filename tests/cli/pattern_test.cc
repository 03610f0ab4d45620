// `entente match` and `entente pattern check`: the contract for scripts, to the letter.
#include <gtest/gtest.h>

#include "tests/cli/support.h"

namespace entente::cli {
namespace {

// An observed-data of one domain name, in a bundle of its own on one line.
std::string seen(int number, const std::string& domain, const std::string& second = "00") {
  const std::string n = std::to_string(number);
  const std::string time = "2026-03-01T10:00:" + second + "Z";
  return R"({"type":"bundle","id":"bundle--)" + n +
         R"(","objects":[{"type":"observed-data","id":"observed-data--)" + n +
         R"(","first_observed":")" + time + R"(","last_observed":")" + time +
         R"(","number_observed":1,"object_refs":["domain-name--)" + n +
         R"("]},{"type":"domain-name","id":"domain-name--)" + n + R"(","value":")" + domain +
         "\"}]}";
}

struct Files {
  Directory directory;
  Ran match(const std::string& patterns, const std::string& events,
            const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"match", "--patterns", directory.write("p", patterns),
                                          "--events", directory.write("e", events)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return entente(arguments);
  }
};

TEST(CliMatch, PrintsALinePerMatchingPatternInOrder) {
  const Files files;
  const Ran ran = files.match(
      "[domain-name:value = 'b.example']\n"
      "[domain-name:value = 'nobody.example']\n"
      "[domain-name:value LIKE '%.example']\n",
      seen(1, "a.example") + "\n" + seen(2, "b.example") + "\n");
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out,
            "{\"pattern\":0,\"id\":null,\"observed_data\":[\"observed-data--2\"]}\n"
            "{\"pattern\":2,\"id\":null,\"observed_data\":[\"observed-data--1\",\"observed-data--"
            "2\"]}\n");
}

TEST(CliMatch, NumbersLinesNotPatternsAndReportsMalformedOnes) {
  const Files files;
  const Ran ran = files.match(
      "[domain-name:value = ]\r\n"
      "\n"
      "  [domain-name:value = 'a.example']  \r\n"
      "[domain-name:value = 'a.example'",
      seen(1, "a.example"), {"--json"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.out, "{\"pattern\":2,\"id\":null,\"observed_data\":[\"observed-data--1\"]}\n");
  EXPECT_NE(ran.err.find("/p:1:22: expected a constant"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("/p:4:33: expected AND, OR or ]"), std::string::npos) << ran.err;
}

TEST(CliMatch, TakesIndicatorsAsJsonLines) {
  const Files files;
  const Ran ran = files.match(
      R"({"type":"indicator","id":"indicator--1","pattern_type":"stix","pattern":"[domain-name:value = 'a.example']"})"
      "\n"
      R"({"type":"indicator","id":"indicator--2","pattern_type":"stix","pattern":"[domain-name:value = ]"})"
      "\n"
      R"({"type":"indicator","id":"indicator--3","pattern_type":"snort","pattern":"alert"})"
      "\n"
      "{\n"
      "[domain-name:value = 'a.example']\n",
      seen(1, "a.example"));
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.out,
            "{\"pattern\":0,\"id\":\"indicator--1\",\"observed_data\":[\"observed-data--1\"]}\n"
            "{\"pattern\":4,\"id\":null,\"observed_data\":[\"observed-data--1\"]}\n");
  EXPECT_NE(ran.err.find("/p:2:22: indicator--2: "), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("/p:3:1: "), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("/p:4:1: not JSON"), std::string::npos) << ran.err;
}

TEST(CliMatch, TakesOneBundleOverSeveralLines) {
  const Files files;
  std::string bundle = seen(1, "a.example");
  for (size_t at = bundle.find(','); at != std::string::npos; at = bundle.find(',', at + 3))
    bundle.replace(at, 1, ",\n ");
  EXPECT_EQ(files.match("[domain-name:value = 'a.example']", bundle).out,
            "{\"pattern\":0,\"id\":null,\"observed_data\":[\"observed-data--1\"]}\n");
}

TEST(CliMatch, BindsSeveralObservations) {
  const Files files;
  const std::string events = seen(1, "b.example", "10") + "\n" + seen(2, "a.example", "05") + "\n" +
                             seen(3, "a.example", "20") + "\n";
  EXPECT_EQ(files
                .match("([domain-name:value = 'a.example'] FOLLOWEDBY [domain-name:value = "
                       "'b.example']) WITHIN 6 SECONDS",
                       events)
                .out,
            "{\"pattern\":0,\"id\":null,\"observed_data\":[\"observed-data--1\",\"observed-data--"
            "2\"]}\n");
}

TEST(CliMatch, SkipsEventsThatAreNone) {
  const Files files;
  const Ran ran = files.match("[domain-name:value = 'a.example']",
                              "{\"type\":\n" + seen(1, "a.example") + "\nnonsense\n");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(ran.out, "{\"pattern\":0,\"id\":null,\"observed_data\":[\"observed-data--1\"]}\n");
  EXPECT_NE(ran.err.find("/e:3:1: not JSON"), std::string::npos) << ran.err;
}

TEST(CliMatch, FollowsEvents) {
  const Files files;
  const std::string events = seen(1, "b.example", "10") + "\n" + seen(2, "a.example", "05") + "\n" +
                             seen(3, "a.example", "20") + "\n" + seen(4, "c.example", "21");
  const Ran ran =
      entente({"match", "--follow", "--patterns",
               files.directory.write("p",
                                     "([domain-name:value = 'a.example'] FOLLOWEDBY "
                                     "[domain-name:value = 'b.example']) WITHIN 6 SECONDS\n"
                                     "[domain-name:value = 'c.example']\n"),
               "--events", "-"},
              events);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(
      ran.out,
      "{\"pattern\":0,\"id\":null,\"observed_data\":[\"observed-data--1\",\"observed-data--2\"]}\n"
      "{\"pattern\":1,\"id\":null,\"observed_data\":[\"observed-data--4\"]}\n");
}

TEST(CliMatch, FollowsAFileUntilItIsIdle) {
  const Files files;
  const Ran ran = files.match("[domain-name:value = 'a.example']",
                              seen(1, "a.example") + "\n" + seen(2, "a.example"),
                              {"--follow", "--idle", "0", "--reload"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "{\"pattern\":0,\"id\":null,\"observed_data\":[\"observed-data--1\"]}\n"
            "{\"pattern\":0,\"id\":null,\"observed_data\":[\"observed-data--2\"]}\n");
  // What is compressed does not grow.
  const Ran packed =
      entente({"match", "--follow", "--patterns", files.directory.at("p"), "--events",
               files.directory.write("e.gz", gzip(seen(3, "a.example")))});
  EXPECT_EQ(packed.out, "{\"pattern\":0,\"id\":null,\"observed_data\":[\"observed-data--3\"]}\n");
}

TEST(CliMatch, TellsWhatItTook) {
  const Files files;
  const Ran ran = files.match("[domain-name:value = 'a.example']\n[domain-name:value != 'b']",
                              seen(1, "a.example"), {"--stats"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_TRUE(
      ran.err.starts_with("{\"patterns\":2,\"expressions\":2,\"without_witness\":1,"
                          "\"observations\":1,\"objects\":1,\"values\":1,\"candidates\":2,"
                          "\"satisfied\":2,"))
      << ran.err;
  for (const char* const phase : {"load_ms", "flatten_ms", "witness_ms", "verify_ms"})
    EXPECT_NE(ran.err.find(phase), std::string::npos) << phase;
}

TEST(CliMatch, Explains) {
  const Files files;
  const Ran ran = files.match(
      "[domain-name:value = 'b.example' OR domain-name:value LIKE 'a%' AND EXISTS domain-name:id]\n"
      "[domain-name:value LIKE '%.example' AND domain-name:resolves_to_refs[*].value = "
      "'192.0.2.1']\n"
      "[file:name = 'x']\n",
      seen(1, "a.example"), {"--explain"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(
      ran.out,
      "{\"pattern\":0,\"id\":null,\"observed_data\":[\"observed-data--1\"],\"explain\":[{"
      "\"expression\":0,"
      "\"observed_data\":\"observed-data--1\",\"object\":\"domain-name--1\",\"by\":[\"domain-name:"
      "value "
      "LIKE 'a%'\",\"EXISTS domain-name:id\"]}]}\n"
      "{\"pattern\":1,\"id\":null,\"observed_data\":[],\"explain\":[{\"expression\":0,"
      "\"observed_data\":\"observed-data--1\",\"object\":\"domain-name--1\",\"held\":[\"domain-"
      "name:value "
      "LIKE '%.example'\"],\"failed\":\"domain-name:resolves_to_refs[*].value = '192.0.2.1'\","
      "\"found\":\"nothing\"}]}\n"
      "{\"pattern\":2,\"id\":null,\"observed_data\":[],\"explain\":[{\"expression\":0,"
      "\"observed_data\":\"observed-data--1\",\"held\":[],\"failed\":\"file:name = "
      "'x'\",\"found\":\"nothing\"}]}\n");
}

TEST(CliMatch, MapsLinesOfLogs) {
  const Files files;
  const std::string zeek =
      R"({"ts":1772359200.5,"id.orig_h":"192.0.2.10","id.resp_h":"198.51.100.7","proto":"tcp","conn_state":"S0"})"
      "\nnonsense\n"
      R"({"ts":"yesterday","id.orig_h":"192.0.2.10","id.resp_h":"198.51.100.7","proto":"tcp","conn_state":"S0"})"
      "\n"
      R"({"ts":1772359201.5,"id.orig_h":"192.0.2.10","id.resp_h":"192.0.2.53","proto":"udp","trans_id":1,"query":"a.example"})"
      "\n";
  const std::string patterns =
      "[network-traffic:dst_ref.value ISSUBSET '198.51.100.0/24']\n"
      "[domain-name:value = 'b.example']\n"
      "[ipv4-addr:value = '198.51.100.7'] FOLLOWEDBY [domain-name:value = 'a.example']\n";
  const Ran ran = files.match(patterns, zeek, {"--map", "zeek"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("/e:2:1: not JSON"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("/e:3:1: ts is no time: yesterday"), std::string::npos) << ran.err;
  const size_t second = ran.out.find('\n') + 1;
  EXPECT_TRUE(ran.out.starts_with(R"({"pattern":0,"id":null,"observed_data":["observed-data--)"))
      << ran.out;
  EXPECT_NE(ran.out.find(R"(],"lines":[0]})"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.substr(second, 12), R"({"pattern":2)") << ran.out;
  EXPECT_TRUE(ran.out.ends_with(",\"lines\":[0,3]}\n")) << ran.out;
  // As they come, and again: the same ids.
  const Ran followed = entente({"match", "--follow", "--map", "zeek", "--patterns",
                                files.directory.at("p"), "--events", "-"},
                               zeek);
  EXPECT_EQ(followed.out, ran.out);
}

TEST(CliMatch, TakesMappingsOfOnesOwn) {
  const Files files;
  const std::string own = files.directory.write(
      "own.json",
      R"({"type":"log-mapping","version":1,"name":"own","records":[{"name":"r","first_observed":"when",)"
      R"("objects":[{"name":"u","type":"url","properties":{"value":"link"}}]}]})");
  const Ran ran =
      files.match("[url:value = 'http://a.example/']",
                  R"({"when":"2026-03-01 10:00:00","link":"http://a.example/"})", {"--map", own});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_TRUE(ran.out.ends_with(",\"lines\":[0]}\n")) << ran.out;
  EXPECT_EQ(entente({"pattern", "mapping", own}).exit_code, 0);
  const std::string broken = files.directory.write("broken.json", R"({"type":"log-mapping"})");
  const Ran checked = entente({"pattern", "mapping", broken});
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_NE(checked.err.find("/version is not 1"), std::string::npos) << checked.err;
  const Ran refused = files.match("[url:value = 'x']", "{}", {"--map", "nagra"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("come with the program: zeek suricata sysmon"), std::string::npos)
      << refused.err;
  EXPECT_EQ(entente({"pattern", "mapping"}).out, "zeek\nsuricata\nsysmon\n");
  EXPECT_TRUE(entente({"pattern", "mapping", "sysmon"}).out.starts_with("{\n"));
}

TEST(CliMatch, PutsMisspeltNamesRightIfAsked) {
  const Files files;
  const std::string event =
      R"({"type":"bundle","id":"bundle--1","objects":[{"type":"observed-data","id":"observed-data--1","first_observed":)"
      R"("2026-03-01T10:00:00Z","last_observed":"2026-03-01T10:00:00Z","number_observed":1,"object_refs":["file--1"]},)"
      R"({"type":"file","id":"file--1","hashes":{"SHA-256":"aa"}}]})";
  EXPECT_EQ(files.match("[file:hashes.sha256 = 'aa']", event).out, "");
  EXPECT_EQ(files.match("[file:hashes.sha256 = 'aa']", event, {"--aliases"}).out,
            "{\"pattern\":0,\"id\":null,\"observed_data\":[\"observed-data--1\"]}\n");
  EXPECT_EQ(entente({"pattern", "check", "--aliases"}, "[file:hashes.sha256 = 'aa']\n").out,
            "{\"valid\":true,\"canonical\":\"[file:hashes.'SHA-256' = 'aa']\"}\n");
}

TEST(CliMatch, NeedsBothFiles) {
  const Files files;
  EXPECT_EQ(entente({"match", "--patterns", "p"}).exit_code, 2);
  EXPECT_EQ(entente({"match", "--patterns", files.directory.at("none"), "--events", "-"}).exit_code,
            2);
  EXPECT_EQ(entente({"match", "--patterns", "-", "--events", "-"}).exit_code, 2);
}

TEST(CliPatternCheck, PrintsALineForEachLine) {
  const Ran ran = entente({"pattern", "check", "--json"},
                          "[file:name='x']\n\n[file:size = ]\n[file:name = 'say \"hi\"\\\\']");
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.err, "");
  const std::string second =
      "{\"valid\":false,\"column\":1,\"message\":\"expected [ or (, found the end of the "
      "pattern\"}\n";
  const std::string third = "{\"valid\":false,\"column\":14,\"message\":\"expected a constant";
  EXPECT_TRUE(ran.out.starts_with("{\"valid\":true,\"canonical\":\"[file:name = 'x']\"}\n" +
                                  second + third))
      << ran.out;
  EXPECT_TRUE(ran.out.ends_with(
      "{\"valid\":true,\"canonical\":\"[file:name = 'say \\\"hi\\\"\\\\\\\\']\"}\n"))
      << ran.out;
}

TEST(PatternDuplicates, FindsPatternsThatAreTheSame) {
  const Ran ran =
      entente({"pattern", "duplicates", "-"},
              "[a:b = 1 OR a:b = 2]\n\n[c:d = 'x']\nnonsense\n"
              R"({"type":"indicator","id":"indicator--1","pattern":"[a:b==2 OR (a:'b' = 1)]"})"
              "\n[c:d = 'y']\n[a:b = 1 AND a:b = 2]\n");
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.out,
            "{\"canonical\":\"[a:b = 1 OR a:b = 2]\",\"patterns\":[0,4],\"ids\":[null,"
            "\"indicator--1\"]}\n");
  EXPECT_NE(ran.err.find("-:4:1:"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace entente::cli
