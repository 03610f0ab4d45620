// What goes in comes out byte for byte, by TAXII, by the API and by export, however oddly it is written.
//
// Objects of several types and scripts are respelled at random (spacing, order, escapes of values and of names, standard
// names too) and taken in by POST and by import; each answer is then compared as a whole text that is put together from
// the very slices that were sent.
#include <gtest/gtest.h>

#include <random>

#include "json/json.h"
#include "tests/bytes/rewriter.h"
#include "tests/conformance/in_process.h"
#include "tests/crash/binary.h"
#include "tests/crash/objects.h"
#include "tests/crash/wire.h"

namespace entente::testing {
namespace {

// @ is where the number of the object goes, 12 hexadecimal digits.
const char* const kTemplates[] = {
    R"({"type":"tool","spec_version":"2.1","id":"tool--b17e5000-0000-4000-8000-@","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","name":"A / B \\ \"C\" \u0000\u001f\u007f","tool_types":["exploitation"]})",
    R"({"type":"malware","spec_version":"2.1","id":"malware--b17e5000-0000-4000-8000-@","created":"2023-12-31T23:59:59.999999Z","modified":"2024-02-29T12:00:00.1Z","is_family":true,"name":"木馬程式與間諜軟體","description":"简体：恶意软件样本分析，来源可靠。","malware_types":["trojan"],"x_numbers":[1.0,1e3,1E+3,-0,-0.0,123456789012345678901234567890,0.1e-7,1.7976931348623157e309,10000000000000000000000.000000000000000000001]})",
    R"({"type":"identity","spec_version":"2.1","id":"identity--b17e5000-0000-4000-8000-@","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","name":"外務省・サイバー防衛課","identity_class":"organization","description":"ﾊﾝｶｸ 半角 と 全角　ＡＢＣ\n改行\tタブ","roles":["대한민국 국방부","한글 자모 ㄱㄴㄷ","각"]})",
    R"({"type":"indicator","spec_version":"2.1","id":"indicator--b17e5000-0000-4000-8000-@","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","pattern":"[file:name = 'a\\'b.exe' OR url:value = 'http://例え.jp/道?q=1&r=\"2\"']","pattern_type":"stix","valid_from":"2024-01-01T00:00:00Z","name":"🚀👩‍👩‍👧‍👦🇹🇼🇯🇵🇰🇷 𝄞 𠮷野家"})",
    R"({"type":"campaign","spec_version":"2.1","id":"campaign--b17e5000-0000-4000-8000-@","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","name":"c","x_nested":{"":"an empty name","a.b":{"c":[[],{},[{}],[[[1]]],null,true,false]},"名":"值","e\u0301":"é","\ud83d\ude80":1},"x_long":"                                        "})",
    R"({"type":"ipv4-addr","spec_version":"2.1","id":"ipv4-addr--b17e5000-0000-4000-8000-@","value":"198.51.100.7","x_zero":0.000,"x_huge":99999999999999999999999999999999999999999999})",
    R"({"type":"location","spec_version":"2.1","id":"location--b17e5000-0000-4000-8000-@","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","name":"臺北","region":"eastern-asia","latitude":25.0330000,"longitude":1.2156540e2,"confidence":50})",
    R"({"type":"x-entente-test","spec_version":"2.1","id":"x-entente-test--b17e5000-0000-4000-8000-@","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","x_anything":"\u2028\u2029\ufeff\ufffe\u200b\u202e"})",
};

std::string templated(uint64_t number) {
  std::string text = kTemplates[number % std::size(kTemplates)];
  char digits[16];
  snprintf(digits, sizeof digits, "%012llx", static_cast<unsigned long long>(number));
  return text.replace(text.find('@'), 1, digits);
}

std::string joined(const std::vector<std::string>& texts, const std::string& between) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : between) + text;
  return out;
}

std::vector<Header> taxii(const std::string& key) { return taxii_headers(key); }

std::vector<Header> plain(const std::string& key) {
  return {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
}

// The raw "object" of each item of an API list.
std::vector<std::string> objects_of_items(const std::string& body) {
  std::vector<std::string> out;
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(body);
  EXPECT_TRUE(parser.parse(bytes, &document).has_value()) << body;
  const auto items = document.root().find("items");
  if (!items) return out;
  for (const json::Value item : items->elements()) {
    const auto object = item.find("object");
    if (object) out.emplace_back(object->raw());
  }
  return out;
}

// Every surface gives exactly these, in this order.
void expect_out(InProcess& node, const std::vector<std::string>& objects) {
  const std::string& key = node.key("BOR");
  const Response page = node.ask("GET", objects_path("shared") + "?limit=10000", taxii(key));
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(page.body.flatten(), "{\"objects\":[" + joined(objects, ",") + "]}");
  const Response list =
      node.ask("GET", "/api/v1/objects?collection=shared&limit=10000", plain(key));
  ASSERT_EQ(list.status, 200);
  EXPECT_EQ(objects_of_items(list.body.flatten()), objects);
  for (const std::string& object : objects) {
    const std::string id = id_of(object);
    EXPECT_EQ(node.ask("GET", objects_path("shared") + id + "/", taxii(key)).body.flatten(),
              "{\"objects\":[" + object + "]}");
    EXPECT_EQ(objects_of_items(node.ask("GET", "/api/v1/objects/" + id, plain(key)).body.flatten()),
              std::vector<std::string>{object});
  }
}

void expect_posted(InProcess& node, const std::string& body, size_t count) {
  const Response posted = node.ask("POST", objects_path("shared"), taxii(node.key("AVL")), body);
  ASSERT_EQ(posted.status, 202) << posted.body.flatten();
  EXPECT_EQ(json_member(posted.body.flatten(), "success_count"), std::to_string(count))
      << posted.body.flatten();
}

}  // namespace

TEST(Bytes, RespelledObjectsByPost) {
  std::mt19937_64 random(printed_seed("Bytes.Post"));
  InProcess node;
  std::vector<std::string> sent;
  for (uint64_t number = 1; number <= 400;) {
    std::vector<std::string> envelope;
    for (uint64_t count = 1 + random() % 12; count > 0; --count) {
      const Spelling spelling{random() % 4 != 0, random() % 4 != 0, random() % 4 != 0,
                              random() % 2 != 0};
      envelope.push_back(respelled(templated(number++), spelling, random));
    }
    sent.insert(sent.end(), envelope.begin(), envelope.end());
    const char* const gaps[] = {",", " ,\n", ",\t", "\r\n, "};
    expect_posted(node,
                  "{ \"x_note\":\"]}\\\"[\", \"objects\" :\n[" +
                      joined(envelope, gaps[random() % 4]) + " ] }\n",
                  envelope.size());
  }
  expect_out(node, sent);
}

TEST(Bytes, RespelledObjectsByImport) {
  std::mt19937_64 random(printed_seed("Bytes.Import"));
  for (int form = 0; form < 3; ++form) {
    InProcess node;
    std::vector<std::string> sent;
    for (uint64_t number = 1; number <= 60; ++number)
      sent.push_back(respelled(templated(number), {}, random));
    const std::string bundle =
        R"({"type":"bundle","id":"bundle--b17e5000-0000-4000-8000-000000000000","objects":[)";
    const std::string body = form == 0   ? bundle + joined(sent, ",") + "]}"
                             : form == 1 ? "[" + joined(sent, " , ") + "]"
                                         : joined(sent, "\n") + "\n";
    const Response done =
        node.ask("POST", "/api/v1/import?collection=shared", plain(node.key("AVL")), body);
    ASSERT_EQ(done.status, 200) << done.body.flatten();
    EXPECT_EQ(json_member(done.body.flatten(), "accepted"), "60") << done.body.flatten();
    expect_out(node, sent);
  }
}

// A name is what its escapes stand for: an escaped name of a standard property is that property.
TEST(Bytes, AnEscapedStandardNameIsThatProperty) {
  InProcess node;
  const std::string object =
      R"({"\u0074ype":"tool","spec\u005fversion":"2.1","\u0069d":"tool--b17e5000-0000-4000-8000-000000000001","created":"2024-01-01T00:00:00.000Z","mod\u0069fied":"2024-01-01T00:00:00.000Z","n\u0061me":"n","object_marking\u005frefs":["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"]})";
  expect_posted(node, "{\"\\u006fbjects\":[" + object + "]}", 1);
  const std::string where = objects_path("shared") + "tool--b17e5000-0000-4000-8000-000000000001/";
  const Response own = node.ask("GET", where, taxii(node.key("AVL")));
  EXPECT_EQ(own.status, 200);
  EXPECT_EQ(own.body.flatten(), "{\"objects\":[" + object + "]}");
  EXPECT_EQ(node.ask("GET", where, taxii(node.key("BOR"))).status, 404)
      << "a marking under an escaped name is RED all the same";
}

// Ids, type names and timestamps are taken only as they are meant to be written: with escapes in them an object is refused,
// by name, and nothing of it is kept. A marking's id is never lost that way: the object is refused, or its reader fails closed.
TEST(Bytes, EscapesInIdsTypesAndTimesAreRefusedOrKept) {
  const std::string plain_text =
      R"({"type":"x-entente-test","spec_version":"2.1","id":"x-entente-test--b17e5000-0000-4000-8000-000000000001","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","object_marking_refs":["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"]})";
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>{"\"x-entente-test\"", "\"x-\\u0065ntente-test\""},
        {"000001\"", "00000\\u0031\""},
        {"\"created\":\"2024", "\"created\":\"202\\u0034"},
        {"\"modified\":\"2024", "\"modified\":\"202\\u0034"},
        {"\"2.1\"", "\"2.\\u0031\""},
        {"97c1\"", "97c\\u0031\""}}) {
    SCOPED_TRACE(to);
    InProcess node;
    std::string object = plain_text;
    object.replace(object.find(from), from.size(), to);
    const Response posted = node.ask("POST", objects_path("shared"), taxii(node.key("AVL")),
                                     "{\"objects\":[" + object + "]}");
    ASSERT_EQ(posted.status, 202);
    const bool is_kept = json_member(posted.body.flatten(), "success_count") == "1";
    const Response own = node.ask("GET", objects_path("shared"), taxii(node.key("AVL")));
    EXPECT_EQ(own.body.flatten(), is_kept ? "{\"objects\":[" + object + "]}" : "{}");
    EXPECT_EQ(node.ask("GET", objects_path("shared"), taxii(node.key("BOR"))).body.flatten(), "{}")
        << "RED, however written";
  }
}

// The same name twice, once with an escape, is a duplicate: two readers could take it for two objects.
TEST(Bytes, ANameTwiceIsRefusedHoweverItIsWritten) {
  InProcess node;
  for (const char* extra :
       {R"("id":"tool--b17e5000-0000-4000-8000-000000000002")",
        R"("\u0069d":"tool--b17e5000-0000-4000-8000-000000000002")", R"("\u006e\u0061me":"m")"}) {
    std::string object = templated(8);
    object.insert(1, std::string(extra) + ",");
    if (std::string(extra).find("me\"") != std::string::npos) object.insert(1, "\"name\":\"n\",");
    const Response posted = node.ask("POST", objects_path("shared"), taxii(node.key("AVL")),
                                     "{\"objects\":[" + object + "]}");
    EXPECT_EQ(posted.status, 202);
    EXPECT_EQ(json_member(posted.body.flatten(), "failure_count"), "1") << object << "\n"
                                                                        << posted.body.flatten();
  }
  EXPECT_EQ(node.ask("GET", objects_path("shared"), taxii(node.key("AVL"))).body.flatten(), "{}");
}

// What differs in bytes alone is another object to no one but its bytes: both spellings are one version, and the first stays.
TEST(Bytes, AnotherSpellingOfTheSameVersionIsKeptApart) {
  std::mt19937_64 random(7);
  InProcess node;
  const std::string first = templated(1);
  const std::string second = respelled(first, {}, random);
  ASSERT_NE(first, second);
  expect_posted(node, "{\"objects\":[" + first + "]}", 1);
  expect_posted(node, "{\"objects\":[" + second + "]}", 1);
  const Response page = node.ask("GET", objects_path("shared"), taxii(node.key("BOR")));
  const auto served = objects_of(page.body.flatten());
  ASSERT_TRUE(served);
  ASSERT_EQ(served->size(), 1u) << "one object of one version";
  EXPECT_TRUE(served->front() == first || served->front() == second) << served->front();
}

TEST(Bytes, ThroughTheProgram) {
  std::mt19937_64 random(printed_seed("Bytes.Program"));
  Station station({"AVL", "BOR"});
  station.collection("shared", {"AVL", "BOR"}, {"AVL", "BOR"}, "tlp:amber");
  std::vector<std::string> sent;
  for (uint64_t number = 1; number <= 120; ++number)
    sent.push_back(respelled(templated(number), {}, random));
  const std::vector<std::string> imported(sent.begin(), sent.begin() + 60),
      posted(sent.begin() + 60, sent.end());
  const std::string file = station.beside("in.json");
  write_file(file,
             "{\"type\":\"bundle\",\"id\":\"bundle--b17e5000-0000-4000-8000-000000000000\","
             "\n\"objects\":[" +
                 joined(imported, ",\n") + "]}");
  const Finished in = run_entente({"import", "--data", station.directory(), "--party", "AVL",
                                   "--collection", "shared", "--json", file});
  EXPECT_EQ(in.exit_code, 0) << in.out << in.err;
  EXPECT_EQ(json_member(in.out, "accepted"), "60") << in.out;
  auto server = station.serve();
  ASSERT_TRUE(server->ready()) << server->errors();
  Wire wire(server->port());
  const auto answer = wire.ask("POST", objects_path("shared"), taxii(station.key("AVL")),
                               "{\"objects\":[" + joined(posted, ",") + "]}");
  ASSERT_TRUE(answer && answer->status == 202);
  const auto page = wire.ask("GET", objects_path("shared"), taxii(station.key("BOR")));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->body, "{\"objects\":[" + joined(sent, ",") + "]}");
  const auto list = wire.ask("GET", "/api/v1/objects", plain(station.key("BOR")));
  ASSERT_TRUE(list);
  EXPECT_EQ(objects_of_items(list->body), sent);
  const Finished beside = station.export_world("BOR");
  EXPECT_EQ(beside.exit_code, 0) << beside.err;
  EXPECT_EQ(beside.out, joined(sent, "\n") + "\n") << "through the running server";
  EXPECT_EQ(server->stop().exit_code, 0);
  const Finished alone = station.export_world("BOR", {"--collection", "shared"});
  EXPECT_EQ(alone.out, joined(sent, "\n") + "\n") << "and alone";
  const Finished bundle = station.export_world("BOR", {"--format", "bundle"});
  EXPECT_EQ(objects_of(bundle.out), sent) << "as a bundle: " << bundle.err;
}

// The rewriter itself: another spelling says the same.
TEST(Rewriter, SaysTheSame) {
  std::mt19937_64 random(3);
  for (uint64_t number = 1; number <= 200; ++number) {
    const std::string plain_text = templated(number);
    const std::string text = respelled(plain_text, {}, random);
    const Spelling none{false, false, false, false};
    std::mt19937_64 unused(0);
    const Spelling ordered{true, false, true, true};
    EXPECT_EQ(respelled(respelled(plain_text, ordered, random), none, unused),
              respelled(plain_text, none, unused));
    EXPECT_EQ(id_of(text), id_of(plain_text));
  }
}

}  // namespace entente::testing
