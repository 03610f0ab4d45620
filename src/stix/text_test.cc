// The small readers: timestamps, identifiers, formats, selectors, canonical JSON, deterministic
// ids.
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "json/json.h"
#include "stix/canonical.h"
#include "stix/deterministic_id.h"
#include "stix/formats.h"
#include "stix/identifier.h"
#include "stix/names.h"
#include "stix/selector.h"
#include "stix/stix.h"
#include "stix/test_support.h"
#include "stix/timestamp.h"
#include "stix/tlp.h"
#include "stix/vocabulary.h"

namespace entente::stix {
namespace {

int64_t ns_of(std::string_view text) {
  const auto parsed = parse_timestamp(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? parsed->ns : 0;
}

TEST(StixTimestamp, ReadsToTheNanosecond) {
  EXPECT_EQ(ns_of("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(ns_of("1970-01-01T00:00:00.000000001Z"), 1);
  EXPECT_EQ(ns_of("1969-12-31T23:59:59.5Z"), -500'000'000);
  EXPECT_EQ(ns_of("2024-02-29T12:34:56.789Z"), 1709210096789000000);
  EXPECT_EQ(ns_of("2000-03-01T00:00:00Z") - ns_of("2000-02-28T00:00:00Z"),
            2 * 86400 * int64_t{1'000'000'000});
  EXPECT_EQ(ns_of("0001-01-01T00:00:00Z"), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(ns_of("9999-12-31T23:59:59Z"), std::numeric_limits<int64_t>::max());
  EXPECT_GT(ns_of("2261-12-31T23:59:59Z"), ns_of("2261-12-31T23:59:58Z"));
}

TEST(StixTimestamp, RoundsDownWhateverTheYear) {
  const auto rounded = [](int64_t ns) {
    const Timestamp at{ns, {}};
    return std::pair(at.us(), at.ms());
  };
  using Both = std::pair<int64_t, int64_t>;
  EXPECT_EQ(rounded(1'999'999), Both(1'999, 1));
  EXPECT_EQ(rounded(0), Both(0, 0));
  EXPECT_EQ(rounded(-1), Both(-1, -1));
  EXPECT_EQ(rounded(-1'000'000), Both(-1'000, -1));
  EXPECT_EQ(rounded(-1'000'001), Both(-1'001, -2));
  EXPECT_EQ(rounded(std::numeric_limits<int64_t>::min()),
            Both(-9'223'372'036'854'776, -9'223'372'036'855))
      << "before 1678";
}

TEST(StixTimestamp, RefusesEverythingElse) {
  for (const char* text : {"",
                           "2024-03-07",
                           "2024-03-07T10:11:12",
                           "2024-03-07T10:11:12z",
                           "2024-03-07t10:11:12Z",
                           "2024-03-07 10:11:12Z",
                           "2024-03-07T10:11:12.Z",
                           "2024-03-07T10:11:12.1x",
                           "2024-03-07T10:11:12.1xZ",
                           "2024-03-07T10:11:12+00:00",
                           "2024-03-07T10:11:12,5Z",
                           "0000-03-07T10:11:12Z",
                           "2024-00-07T10:11:12Z",
                           "2024-13-07T10:11:12Z",
                           "2023-02-29T10:11:12Z",
                           "1900-02-29T10:11:12Z",
                           "2024-04-31T10:11:12Z",
                           "2024-03-00T10:11:12Z",
                           "2024-03-07T24:11:12Z",
                           "2024-03-07T10:60:12Z",
                           "2024-03-07T10:11:61Z",
                           "2024-3-7T10:11:12Z",
                           "02024-03-07T10:11:12Z",
                           "2024-03-07T10:11:12ZZ",
                           "2024-03-07T10:1 :12Z",
                           "-024-03-07T10:11:12Z"}) {
    EXPECT_FALSE(parse_timestamp(text)) << text;
  }
}

TEST(StixTimestamp, ComparesToTheLastDigit) {
  const std::vector<std::string> rising = {"0001-01-01T00:00:00Z",
                                           "0001-01-01T00:00:00.1Z",
                                           "1500-01-01T00:00:00Z",
                                           "2024-03-07T10:11:12Z",
                                           "2024-03-07T10:11:12.4Z",
                                           "2024-03-07T10:11:12.4000000001Z",
                                           "2024-03-07T10:11:12.40000000011Z",
                                           "2024-03-07T10:11:12.41Z",
                                           "2024-06-30T23:59:59.999Z",
                                           "2024-06-30T23:59:60Z",
                                           "2024-06-30T23:59:60.5Z",
                                           "2024-07-01T00:00:00Z",
                                           "2300-01-01T00:00:00Z",
                                           "9999-12-31T23:59:59.9Z"};
  for (size_t i = 0; i < rising.size(); ++i) {
    for (size_t j = 0; j < rising.size(); ++j) {
      const int wanted = i < j ? -1 : i > j ? 1 : 0;
      EXPECT_EQ(compare(*parse_timestamp(rising[i]), *parse_timestamp(rising[j])), wanted)
          << rising[i] << rising[j];
    }
  }
  EXPECT_EQ(compare(*parse_timestamp("2024-03-07T10:11:12.50Z"),
                    *parse_timestamp("2024-03-07T10:11:12.5Z")),
            0);
  EXPECT_EQ(compare(*parse_timestamp("2024-03-07T10:11:12.000Z"),
                    *parse_timestamp("2024-03-07T10:11:12Z")),
            0);
}

TEST(StixIdentifier, TypeThenTwoHyphensThenUuid) {
  EXPECT_TRUE(is_identifier("indicator--e2e1a340-4415-4ba8-9671-f7343fbf0836"));
  EXPECT_TRUE(is_identifier("x-a1--E2E1A340-4415-4BA8-9671-F7343FBF0836"));
  EXPECT_EQ(type_of("x-a1--e2e1a340-4415-4ba8-9671-f7343fbf0836"), "x-a1");
  for (const char* text :
       {"", "--e2e1a340-4415-4ba8-9671-f7343fbf0836", "e2e1a340-4415-4ba8-9671-f7343fbf0836",
        "indicator-e2e1a340-4415-4ba8-9671-f7343fbf0836",
        "Indicator--e2e1a340-4415-4ba8-9671-f7343fbf0836",
        "a--b--e2e1a340-4415-4ba8-9671-f7343fbf0836", "1a--e2e1a340-4415-4ba8-9671-f7343fbf0836",
        "a---e2e1a340-4415-4ba8-9671-f7343fbf0836",
        "indicator--e2e1a340-4415-4ba8-9671-f7343fbf083",
        "indicator--e2e1a340-4415-4ba8-9671-f7343fbf08366",
        "indicator--e2e1a340-4415-4ba8-9671-f7343fbf083g",
        "indicator--e2e1a340_4415-4ba8-9671-f7343fbf0836",
        "a_b--e2e1a340-4415-4ba8-9671-f7343fbf0836"}) {
    EXPECT_FALSE(is_identifier(text)) << text;
  }
  EXPECT_TRUE(uuid_shape("a1--e2e1a340-4415-4ba8-9671-f7343fbf0836").is_usual);
  EXPECT_FALSE(uuid_shape("a1--e2e1a340-4415-4ba8-9671-f7343fbf083F").is_usual);
  EXPECT_FALSE(uuid_shape("a1--e2e1a340-4415-4ba8-c671-f7343fbf0836").is_usual);
  EXPECT_FALSE(uuid_shape("a1--00000000-0000-0000-0000-000000000000").is_usual);
}

TEST(StixNames, FindsEachNameAndNoOther) {
  for (const Vocabulary& vocabulary : vocabularies()) {
    const NameIndex index(vocabulary.terms);
    for (size_t i = 0; i < vocabulary.terms.size(); ++i) {
      const std::string term(vocabulary.terms[i]);
      EXPECT_EQ(index.find(term), i);
      EXPECT_EQ(index.find(term + "x"), NameIndex::kNone);
      EXPECT_EQ(index.find(term + std::string(1, '\0')), NameIndex::kNone);
    }
    EXPECT_EQ(index.find(""), NameIndex::kNone);
  }
}

TEST(StixFormats, AcceptTheirOwnAndNothingElse) {
  struct Row {
    bool (*fits)(std::string_view);
    std::vector<std::string_view> good;
    std::vector<std::string_view> bad;
  };
  const std::vector<Row> rows = {
      {is_hex, {"", "00ff"}, {"0", "0F", "zz"}},
      {is_base64, {"", "QQ==", "QUI=", "QUJD"}, {"Q", "Q===", "QQ= ", "Q?==", "QQ==QQ=="}},
      {is_language_tag,
       {"en", "zh-Hant-TW", "x-klingon", "de-1996"},
       {"", "e", "en_US", "en-", "-en", "english123", "12"}},
      {is_ipv4,
       {"198.51.100.3", "0.0.0.0/0", "10.0.0.0/32"},
       {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/08", "1.2.3.x",
        "1..3.4"}},
      {is_ipv6,
       {"::", "2001:db8::1/128", "::ffff:1.2.3.4"},
       {"", "1.2.3.4", "::1/129", "g::", ":::"}},
      {is_mac,
       {"00:00:ab:cd:ef:01"},
       {"00-00-ab-cd-ef-01", "00:00:AB:cd:ef:01", "00:00:ab:cd:ef", ""}},
      {is_email, {"a@b", "\"a b\"@c.d"}, {"", "a", "@b", "a@", "A <a@b>", "a@b c"}},
      {is_url, {"https://a/b", "mailto:a@b"}, {"", "a", "1a:b", "://x", "http:", "http://a b"}},
      {is_domain,
       {"example.com", "a.", "xn--bcher-kva.example", "_dmarc.a.b", "\xE4\xBE\x8B.example"},
       {"", ".", "a..b", ".a", "a b", "http://a",
        "0123456789012345678901234567890123456789012345678901234567890123.a"}},
      {is_country, {"jp", "TW"}, {"", "jpn", "j1"}},
      {is_full_hive, {"HKEY_LOCAL_MACHINE\\a", "hkey_users"}, {"HKLM\\a", ""}},
      {is_relationship_name, {"uses", "a-1"}, {"", "Uses", "a_b", "a b"}},
  };
  for (const Row& row : rows) {
    for (const std::string_view text : row.good) EXPECT_TRUE(row.fits(text)) << text;
    for (const std::string_view text : row.bad) EXPECT_FALSE(row.fits(text)) << text;
  }
  EXPECT_TRUE(is_hash_of("MD5", "3773a88f65a5e780c8dff9cdc3a056f3"));
  EXPECT_FALSE(is_hash_of("MD5", "3773a88f65a5e780c8dff9cdc3a056f"));
  EXPECT_FALSE(is_hash_of("SHA-1", "3773a88f65a5e780c8dff9cdc3a056f3"));
  EXPECT_FALSE(is_hash_of("SHA-256", std::string(64, 'g')));
  EXPECT_TRUE(is_hash_of("SHA3-512", std::string(128, 'a')));
  EXPECT_TRUE(is_hash_of("SSDEEP", "3:a:b"));
  EXPECT_FALSE(is_hash_of("SSDEEP", "3ab"));
  EXPECT_TRUE(is_hash_of("TLSH", "T1" + std::string(70, 'A')));
  EXPECT_FALSE(is_hash_of("TLSH", std::string(69, 'A')));
  EXPECT_FALSE(is_hash_of("x_foo", ""));
}

TEST(StixSelector, WalksNamesAndIndexes) {
  const std::string text = json::padded(
      R"({"name":"n","labels":["a","b"],"external_references":[{"source_name":"cve"}],"extensions":{"extension-definition--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061":{"rank":5}},"d\u00e9":1})");
  json::Parser parser;
  json::Document document;
  ASSERT_TRUE(parser.parse(text, &document));
  const auto outcome = [&](std::string_view path) {
    size_t steps = 0;
    return resolve_selector(document.root(), path, &steps).outcome;
  };
  for (const char* path :
       {"name", "labels", "labels.[0]", "labels.[1]", "external_references.[0].source_name",
        "extensions.extension-definition--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061.rank", "dé"}) {
    EXPECT_EQ(outcome(path), SelectorOutcome::kFound) << path;
  }
  for (const char* path :
       {"pattern", "labels.[2]", "name.[0]", "labels.name", "external_references.[0].url", "name.x",
        "labels.[18446744073709551615]"}) {
    EXPECT_EQ(outcome(path), SelectorOutcome::kNothing) << path;
  }
  for (const char* path : {"", ".", "name.", ".name", "labels.[]", "labels.[a]", "labels.[-1]",
                           "labels.[01]", "labels.[0", "[0]", "labels..[0]"}) {
    EXPECT_EQ(outcome(path), SelectorOutcome::kMalformed) << path;
  }
  size_t steps = 0;
  EXPECT_EQ(resolve_selector(document.root(), "labels.[1]", &steps).value->raw(), "\"b\"");
  EXPECT_GT(steps, 0u);
}

std::string canonical(std::string_view text) {
  const std::string bytes = json::padded(text);
  json::Parser parser;
  json::Document document;
  EXPECT_TRUE(parser.parse(bytes, &document)) << text;
  std::string out;
  return append_canonical(document.root(), &out) ? out : "none";
}

// The samples of the RFC, sections 3.2.2 to 3.2.4 and appendix B.
TEST(StixCanonical, FollowsTheRfc) {
  EXPECT_EQ(
      canonical(
          R"({"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],)"
          R"("string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]})"),
      "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
      "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  EXPECT_EQ(
      canonical(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7})"),
      "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\U0001F600\":5,\"\uFB33\":3}");
  EXPECT_EQ(canonical("{}"), "{}");
  EXPECT_EQ(canonical("[ [ ] , 1 ]"), "[[],1]");
  EXPECT_EQ(canonical("1e999"), "none");
  EXPECT_EQ(canonical(R"({"a":1,"\u0061":2})"), "none");
}

TEST(StixCanonical, WritesNumbersAsEcmaScript) {
  const std::vector<std::pair<double, std::string>> rows = {
      {0.0, "0"},
      {-0.0, "0"},
      {5e-324, "5e-324"},
      {-5e-324, "-5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {9007199254740992, "9007199254740992"},
      {-9007199254740992, "-9007199254740992"},
      {295147905179352830000.0, "295147905179352830000"},
      {9.999999999999997e22, "9.999999999999997e+22"},
      {1e23, "1e+23"},
      {1.0000000000000001e23, "1.0000000000000001e+23"},
      {999999999999999700000.0, "999999999999999700000"},
      {999999999999999900000.0, "999999999999999900000"},
      {1e21, "1e+21"},
      {9.999999999999997e-7, "9.999999999999997e-7"},
      {0.000001, "0.000001"},
      {333333333.3333332, "333333333.3333332"},
      {333333333.33333325, "333333333.33333325"},
      {-0.0000033333333333333333, "-0.0000033333333333333333"},
      {1424953923781206.2, "1424953923781206.2"},
      {15139, "15139"}};
  for (const auto& [number, wanted] : rows) {
    std::string out;
    append_canonical_number(number, &out);
    EXPECT_EQ(out, wanted);
  }
}

// Ids from the examples of STIX 2.1 Errata 01, section 6. It computed ids anew before it replaced
// references, so objects that refer to others are those of the first edition; the id of the file
// with an extension comes from another implementation.
TEST(StixDeterministicId, GivesTheIdsOfTheStandard) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {R"({"type":"ipv4-addr","value":"198.51.100.3"})",
       "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4"},
      {R"({"type":"ipv6-addr","value":"2001:0db8::/96"})",
       "ipv6-addr--084d3b4c-7785-568a-a569-0c61c95754ab"},
      {R"({"type":"directory","path":"C:\\Windows\\System32"})",
       "directory--0a58d0c1-59e6-5afd-8252-dcd3f13e5622"},
      {R"({"number":15139,"type":"autonomous-system","name":"x"})",
       "autonomous-system--3aa27478-50b5-5ab8-9da9-cdc12b657fff"},
      {R"({"type":"file","name":"qu\u00eary.dll","name_enc":"windows-1252","hashes":{"SHA-256":"841a8921140aba50671ebb0770fecc4ee308c4952cfeff8de154ab14eeef4649"}})",
       "file--7d1e3a18-89e7-5bc5-be36-9879f5b7f5c8"},
      {R"({"type":"file","hashes":{"SHA-256":"ceafbfd424be2ca4a5f0402cae090dda2fb0526cf521b60b60077c0f622b285a"},"parent_directory_ref":"directory--93c0a9b0-520d-545d-9094-1a08ddf46b05","name":"qwerty.dll"})",
       "file--39643577-13b7-5f21-9584-df7e7c33f357"},
      {R"({"type":"file","hashes":{"SHA-1":"5374e08903744ceeaedd8f5e1bfc06b2c4688e76","MD5":"a92e5b2bae0b4b3a3d81c85610b95cd4"},"size":77312,"name":"a92e5b2bae.exe","parent_directory_ref":"directory--255cb0e4-8bdb-5d63-bb32-9c6f0b733ab2"})",
       "file--ba8965d8-e4ec-5f9c-a4df-1c460994ca58"},
      {R"({"type":"file","hashes":{"MD5":"3773a88f65a5e780c8dff9cdc3a056f3"},"size":25537,"extensions":{"ntfs-ext":{"sid":"1234567"}}})",
       "file--2e202cb3-6639-5fa4-8700-57ad24b9e246"},
      {R"({"type":"network-traffic","src_ref":"ipv4-addr--4d22aae0-2bf9-5427-8819-e4f6abf20a53","dst_ref":"ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd","protocols":["tcp"]})",
       "network-traffic--6e0cb830-0305-57d4-8536-7be874d42005"},
      {R"({"type":"windows-registry-key","key":"hkey_local_machine\\system\\bar\\foo","values":[{"name":"Foo","data":"qwerty","data_type":"REG_SZ"},{"name":"Bar","data":"42","data_type":"REG_DWORD"}]})",
       "windows-registry-key--f6a11ddf-fa2b-54c8-97ab-e7f28413095a"},
      {R"({"type":"user-account","user_id":"1001","account_login":"jdoe","account_type":"unix","display_name":"J"})",
       "user-account--f94d689e-707d-58c3-b803-c720bb6ed096"},
      {R"({"type":"software","name":"Word","cpe":"cpe:2.3:a:microsoft:word:2000:*:*:*:*:*:*:*","version":"2002","vendor":"Microsoft"})",
       "software--710b0b41-d4d0-5d6c-a400-fc9254554ffc"},
      {R"({"type":"mutex","name":"__CLEANSWEEP__"})",
       "mutex--f93fe911-e545-5239-b9b0-597840d0c871"},
      {R"({"type":"process","pid":1})", ""},
      {R"({"type":"file","size":1})", ""},
      {R"({"type":"campaign","name":"x"})", ""},
      {R"({"type":"autonomous-system","number":1e999})", ""},
      {R"({"value":"x"})", ""},
  };
  for (const auto& [text, wanted] : rows) {
    const std::string bytes = json::padded(text);
    json::Parser parser;
    json::Document document;
    ASSERT_TRUE(parser.parse(bytes, &document));
    EXPECT_EQ(deterministic_id(document.root()), wanted) << text;
  }
}

TEST(StixTlp, NamesItsNineMarkings) {
  EXPECT_EQ(tlp_level_of("marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"),
            TlpLevel::kAmber2);
  EXPECT_EQ(tlp_level_of("marking-definition--00000000-5e8b-4f79-9ee9-91f868d9b421"),
            TlpLevel::kNone);
  for (int level = 1; level <= static_cast<int>(TlpLevel::kRed2); ++level) {
    const auto each = static_cast<TlpLevel>(level);
    EXPECT_TRUE(is_identifier(tlp_id_of(each)));
    EXPECT_EQ(tlp_level_of(tlp_id_of(each)), each);
  }
  EXPECT_EQ(tlp_level_named("amber+strict", TlpVersion::k2), TlpLevel::kAmberStrict2);
  EXPECT_EQ(tlp_level_named("amber+strict", TlpVersion::k1), TlpLevel::kNone);
  EXPECT_EQ(tlp_level_named("AMBER", TlpVersion::k1), TlpLevel::kNone);
  EXPECT_EQ(name_of(TlpLevel::kAmberStrict2), "TLP:AMBER+STRICT");
}

}  // namespace
}  // namespace entente::stix
