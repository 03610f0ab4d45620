// Comparisons and paths, clause by clause, of oracle and engine alike. [stix21 9.6, 9.7]
#include <gtest/gtest.h>

#include "pattern/test_kit.h"

namespace entente::pattern {
namespace {

// An object of type a with these members.
bool is(std::string_view test, const std::string& members) {
  return fits("[" + std::string(test) + "]", R"("a--%":{"type":"a",)" + members + "}");
}

// [stix21 9.6]: what is absent makes a comparison false, whatever the operator.
TEST(PatternComparison, AbsentIsFalse) {
  EXPECT_FALSE(is("a:x = 1", R"("y":1)"));
  EXPECT_FALSE(is("a:x != 1", R"("y":1)"));
  EXPECT_FALSE(is("a:x NOT = 1", R"("y":1)"));
  EXPECT_FALSE(is("a:x NOT IN (1)", R"("y":1)"));
  EXPECT_FALSE(is("a:x NOT LIKE 'a'", R"("y":1)"));
  EXPECT_FALSE(is("a:x != 1", R"("x":null)"));
  EXPECT_TRUE(is("a:x != 1 OR a:y = 1", R"("y":1)"));
}

// [stix21 9.6.1]: incompatible types are false, but true for !=.
TEST(PatternComparison, TypesAreNotMixed) {
  EXPECT_FALSE(is("a:x = 0", R"("x":false)"));
  EXPECT_FALSE(is("a:x = 1", R"("x":true)"));
  EXPECT_FALSE(is("a:x IN (0, 1)", R"("x":false)"));
  EXPECT_FALSE(is("a:x IN (true)", R"("x":1)"));
  EXPECT_FALSE(is("a:x = '5'", R"("x":5)"));
  EXPECT_TRUE(is("a:x != '5'", R"("x":5)"));
  EXPECT_FALSE(is("a:x < '6'", R"("x":5)"));
  EXPECT_FALSE(is("a:x >= '5'", R"("x":5)"));
  EXPECT_TRUE(is("a:x NOT = '5'", R"("x":5)"));
  EXPECT_TRUE(is("a:x = true", R"("x":true)"));
  EXPECT_TRUE(is("a:x != true", R"("x":false)"));
  EXPECT_FALSE(is("a:x = 'tcp'", R"("x":["tcp"])"));
  EXPECT_TRUE(is("a:x != 'tcp'", R"("x":["tcp"])"));
  EXPECT_FALSE(is("a:x LIKE '%'", R"("x":5)"));
  EXPECT_FALSE(is("a:x MATCHES ''", R"("x":5)"));
}

// [stix21 9.2]: integers and floats compare by value, nothing is cut.
TEST(PatternComparison, Numbers) {
  EXPECT_TRUE(is("a:x = 1", R"("x":1.0)"));
  EXPECT_TRUE(is("a:x = 1.0", R"("x":1)"));
  EXPECT_TRUE(is("a:x = 1000", R"("x":1e3)"));
  EXPECT_FALSE(is("a:x = 1", R"("x":1.5)"));
  EXPECT_TRUE(is("a:x < 1.5", R"("x":1)"));
  EXPECT_TRUE(is("a:x > 7.0", R"("x":7.5)"));
  EXPECT_FALSE(is("a:x > 7.0", R"("x":7)"));
  EXPECT_TRUE(is("a:x >= 7.0", R"("x":7)"));
  EXPECT_TRUE(is("a:x = 9007199254740991", R"("x":9007199254740991)"));
  EXPECT_FALSE(is("a:x = 9007199254740991", R"("x":9007199254740992)"));
  EXPECT_TRUE(is("a:x > 9007199254740991", R"("x":9007199254740993)"));
  EXPECT_TRUE(is("a:x IN (3, 2.5)", R"("x":2.5)"));
  EXPECT_TRUE(is("a:x = 0", R"("x":-0.0)"));
  EXPECT_TRUE(is("a:x < -1", R"("x":-2)"));
}

// [stix21 9.6.2]: by code point, without normalization.
TEST(PatternComparison, StringsByCodePoint) {
  EXPECT_FALSE(is("a:x = '\u00f2'", R"("x":"o\u0300")"));
  EXPECT_TRUE(is("a:x = 'o\u0300'", R"("x":"o\u0300")"));
  EXPECT_TRUE(is("a:x < 'o\u0300'", R"("x":"oz")"));
  EXPECT_TRUE(is("a:x > 'o'", R"("x":"oz")"));
  EXPECT_TRUE(is("a:x > 'z'", R"("x":"\u00f2")"));
  EXPECT_TRUE(is("a:x < '\U0001F600'", R"("x":"\uffff")"));
  EXPECT_FALSE(is("a:x = 'Foo'", R"("x":"foo")"));
  EXPECT_TRUE(is("a:x = 'it\\'s \\\\'", R"("x":"it's \\")"));
}

// [stix21 9.6.1]: % and _ of the whole value, NFC, line feeds like any character.
TEST(PatternComparison, Like) {
  EXPECT_TRUE(is("a:x LIKE 'ab%'", R"("x":"ab")"));
  EXPECT_TRUE(is("a:x LIKE 'a%c'", R"("x":"a\nb\nc")"));
  EXPECT_TRUE(is("a:x LIKE 'a_c'", R"("x":"a\nc")"));
  EXPECT_TRUE(is("a:x LIKE 'a_c'", R"("x":"a日c")"));
  EXPECT_FALSE(is("a:x LIKE 'a_c'", R"("x":"ac")"));
  EXPECT_FALSE(is("a:x LIKE 'b'", R"("x":"abc")"));
  EXPECT_FALSE(is("a:x LIKE 'ab'", R"("x":"ab\n")"));
  EXPECT_TRUE(is("a:x LIKE '%b%d%'", R"("x":"abcde")"));
  EXPECT_TRUE(is("a:x LIKE '\u00f2%'", R"("x":"o\u0300x")"));
  EXPECT_TRUE(is("a:x LIKE 'o\u0300%'", R"("x":"\u00f2x")"));
  EXPECT_TRUE(is("a:x LIKE '_'", R"("x":"o\u0300")"));
  EXPECT_TRUE(is("a:x LIKE '%.+*?'", R"("x":"a.+*?")"));
  EXPECT_FALSE(is("a:x NOT LIKE '%'", R"("x":"")"));
  EXPECT_TRUE(is("a:x LIKE 'C:\\\\Windows\\\\%'", R"("x":"C:\\Windows\\x")"));
}

// [stix21 9.6.1]: PCRE, searched, DOTALL, the value in NFC.
TEST(PatternComparison, Matches) {
  EXPECT_TRUE(is("a:x MATCHES 'b'", R"("x":"abc")"));
  EXPECT_FALSE(is("a:x MATCHES '^b'", R"("x":"abc")"));
  EXPECT_TRUE(is("a:x MATCHES 'a.c'", R"("x":"a\nc")"));
  EXPECT_TRUE(is("a:x MATCHES '^c$'", R"("x":"c\n")"));
  EXPECT_FALSE(is("a:x MATCHES '^b'", R"("x":"a\nb")"));
  EXPECT_TRUE(is("a:x MATCHES '^\u00f2$'", R"("x":"o\u0300")"));
  EXPECT_TRUE(is("a:x MATCHES '^.$'", R"("x":"日")"));
  EXPECT_TRUE(is("a:x MATCHES '(?i)ABC'", R"("x":"abc")"));
  EXPECT_TRUE(is("a:x MATCHES '(?<=a)b(?!d)'", R"("x":"abc")"));
  EXPECT_TRUE(is("a:x MATCHES ''", R"("x":"")"));
  EXPECT_TRUE(is("a:x MATCHES '^\\\\w+$'", R"("x":"é")"));
  EXPECT_FALSE(is("a:x NOT MATCHES 'b'", R"("x":"abc")"));
}

TEST(PatternComparison, Networks) {
  EXPECT_TRUE(is("a:x ISSUBSET '198.51.100.0/24'", R"("x":"198.51.100.0/27")"));
  EXPECT_TRUE(is("a:x ISSUBSET '198.51.100.0/24'", R"("x":"198.51.100.7")"));
  EXPECT_TRUE(is("a:x ISSUBSET '198.51.100.77/24'", R"("x":"198.51.100.7")"));
  EXPECT_FALSE(is("a:x ISSUBSET '198.51.100.0/27'", R"("x":"198.51.100.0/24")"));
  EXPECT_TRUE(is("a:x ISSUPERSET '198.51.100.0/27'", R"("x":"198.51.100.0/24")"));
  EXPECT_TRUE(is("a:x ISSUPERSET '198.51.100.3'", R"("x":"198.51.100.3")"));
  EXPECT_TRUE(is("a:x ISSUBSET '198.51.100.3'", R"("x":"198.51.100.3/32")"));
  EXPECT_TRUE(is("a:x ISSUBSET '0.0.0.0/0'", R"("x":"8.8.8.8")"));
  EXPECT_FALSE(is("a:x ISSUBSET '0.0.0.0/0'", R"("x":"::1")"));
  EXPECT_TRUE(is("a:x ISSUBSET '2001:db8::/32'", R"("x":"2001:0db8:0:0::7")"));
  EXPECT_TRUE(is("a:x ISSUBSET '::ffff:192.0.2.0/120'", R"("x":"::ffff:c000:201")"));
  EXPECT_FALSE(is("a:x ISSUBSET '198.51.100.0/24'", R"("x":"198.51.100.256")"));
  EXPECT_FALSE(is("a:x ISSUBSET '198.51.100.0/24'", R"("x":"example.com")"));
  EXPECT_TRUE(is("a:x NOT ISSUBSET '198.51.100.0/24'", R"("x":"192.0.2.1")"));
}

TEST(PatternComparison, Exists) {
  EXPECT_TRUE(is("EXISTS a:x", R"("x":[])"));
  EXPECT_TRUE(is("EXISTS a:x", R"("x":false)"));
  EXPECT_FALSE(is("EXISTS a:x", R"("y":1)"));
  EXPECT_TRUE(is("NOT EXISTS a:x", R"("y":1)"));
  EXPECT_FALSE(is("a:x = 1 AND a:y = 1 OR NOT EXISTS b:y", R"("x":1)"));
  EXPECT_FALSE(is("EXISTS a:x AND a:y = 2", R"("x":1,"y":1)"));
  EXPECT_TRUE(is("EXISTS a:x AND a:y = 1", R"("x":1,"y":1)"));
}

// [stix21 9.7.2]: [*] is any element; two of them are independent.
TEST(PatternComparison, Lists) {
  EXPECT_TRUE(is("a:x[*] = 2", R"("x":[1,2])"));
  EXPECT_TRUE(is("a:x[1] = 2", R"("x":[1,2])"));
  EXPECT_FALSE(is("a:x[2] = 2", R"("x":[1,2])"));
  EXPECT_FALSE(is("a:x[2] != 2", R"("x":[1,2])"));
  EXPECT_TRUE(is("a:x[*] != 2", R"("x":[1,2])"));
  EXPECT_FALSE(is("a:x[*] NOT = 2", R"("x":[1,2])"));
  EXPECT_FALSE(is("a:x[*] != 2", R"("x":[])"));
  EXPECT_TRUE(is("a:x[*].p = 1 AND a:x[*].q = 2", R"("x":[{"p":1,"q":1},{"p":2,"q":2}])"));
  EXPECT_TRUE(is("a:x[*][0] = 3", R"("x":[[1],[3]])"));
  EXPECT_FALSE(is("a:x[0] = 1", R"("x":1)"));
}

// [stix21 9.6.3, 9.6.4]: _bin and _hex are octets.
TEST(PatternComparison, Octets) {
  EXPECT_TRUE(is("a:p_bin = 'this is a test'", R"("p_bin":"dGhpcyBpcyBhIHRlc3Q=")"));
  EXPECT_FALSE(is("a:p_bin = 'dGhpcyBpcyBhIHRlc3Q='", R"("p_bin":"dGhpcyBpcyBhIHRlc3Q=")"));
  EXPECT_TRUE(is("a:p_bin = b'dGhpcyBpcyBhIHRlc3Q='", R"("p_bin":"dGhpcyBpcyBhIHRlc3Q=")"));
  EXPECT_TRUE(is("a:p_bin = h'7468697320697320612074657374'", R"("p_bin":"dGhpcyBpcyBhIHRlc3Q=")"));
  EXPECT_TRUE(is("a:m_hex = h'FFd8'", R"("m_hex":"ffD8")"));
  EXPECT_TRUE(is("a:m_hex = '\u00ff\u00d8'", R"("m_hex":"ffd8")"));
  EXPECT_FALSE(is("a:m_hex = '\u0100'", R"("m_hex":"ff")"));
  EXPECT_TRUE(is("a:m_hex != '\u0100'", R"("m_hex":"ff")"));
  EXPECT_TRUE(is("a:m_hex > h'00ff'", R"("m_hex":"00ff00")"));
  EXPECT_TRUE(is("a:m_hex < h'ff'", R"("m_hex":"00")"));
  EXPECT_TRUE(is("a:m_hex MATCHES '^\\\\xd4\\\\xc3.'", R"("m_hex":"d4c30a")"));
  EXPECT_TRUE(is("a:m_hex LIKE '\u00ff_'", R"("m_hex":"ffc3")"));
  EXPECT_TRUE(is("a:name = h'6162'", R"("name":"ab")"));
  EXPECT_FALSE(is("a:m_hex = h'ff'", R"("m_hex":"fg")"));
  EXPECT_FALSE(is("a:m_hex != h'ff'", R"("m_hex":"fg")"));
  EXPECT_FALSE(is("a:m_hex NOT = h'ff'", R"("m_hex":"fg")"));
  EXPECT_TRUE(is("EXISTS a:m_hex", R"("m_hex":"fg")"));
  EXPECT_TRUE(is("a:m_hex[*] = h'01'", R"("m_hex":["00","01"])"));
  EXPECT_TRUE(is("a:m_hex IN (h'01', b'AA==')", R"("m_hex":"00")"));
}

TEST(PatternComparison, Timestamps) {
  EXPECT_TRUE(is("a:t = t'2020-01-01T00:00:00Z'", R"("t":"2020-01-01T00:00:00.000Z")"));
  EXPECT_TRUE(is("a:t > t'2020-01-01T00:00:00.000000000001Z'",
                 R"("t":"2020-01-01T00:00:00.000000000002Z")"));
  EXPECT_FALSE(is("a:t > t'2020-01-01T00:00:00Z'", R"("t":"tomorrow")"));
  EXPECT_TRUE(is("a:t != t'2020-01-01T00:00:00Z'", R"("t":"tomorrow")"));
  EXPECT_TRUE(is("a:t = '2020-01-01T00:00:00Z'", R"("t":"2020-01-01T00:00:00Z")"));
}

// [stix21 9.5]: all comparisons of an expression start from one object.
TEST(PatternComparison, OneObject) {
  const std::string two = R"("a--1%":{"type":"a","x":1},"a--2%":{"type":"a","y":2})";
  EXPECT_FALSE(fits("[a:x = 1 AND a:y = 2]", two));
  EXPECT_TRUE(fits("[a:x = 1 OR a:y = 3]", two));
  EXPECT_TRUE(fits("[a:x = 1 OR b:y = 3]", two));
  EXPECT_FALSE(fits("[a:x = 1] AND [a:y = 2]", two));
}

// [stix21 9.7.4]
TEST(PatternComparison, References) {
  const std::string traffic =
      R"("n--%":{"type":"n","src_ref":"i--%","dst_ref":"i--gone","c_refs":["i--gone","i--%"]},)"
      R"("i--%":{"type":"i","value":"v","n_ref":"n--%"})";
  EXPECT_TRUE(fits("[n:src_ref.value = 'v']", traffic));
  EXPECT_TRUE(fits("[n:src_ref.type = 'i']", traffic));
  EXPECT_FALSE(fits("[n:dst_ref.value = 'v']", traffic));
  EXPECT_FALSE(fits("[n:dst_ref.value != 'v']", traffic));
  EXPECT_TRUE(fits("[n:dst_ref = 'i--gone']", traffic));
  EXPECT_TRUE(fits("[n:c_refs[1].value = 'v']", traffic));
  EXPECT_FALSE(fits("[n:c_refs[0].value = 'v']", traffic));
  EXPECT_TRUE(fits("[n:c_refs[*].value = 'v']", traffic));
  EXPECT_TRUE(fits("[i:n_ref.src_ref.n_ref.src_ref.value = 'v']", traffic));
  // Only what object_refs lists may be followed.
  const std::string bundle =
      R"({"type":"bundle","id":"bundle--1","objects":[{"type":"observed-data","id":"observed-data--0",)"
      R"("first_observed":"2020-01-01T00:00:00Z","last_observed":"2020-01-01T00:00:00Z",)"
      R"("number_observed":1,"object_refs":["n--1"]},{"type":"n","id":"n--1","src_ref":"i--1"},)"
      R"({"type":"i","id":"i--1","value":"v"}]})";
  EXPECT_EQ(matches("[n:src_ref.value = 'v']", bundle), "");
  EXPECT_EQ(matches("[i:value = 'v']", bundle), "");
  EXPECT_EQ(matches("[n:src_ref = 'i--1']", bundle), "0");
}

// The form of STIX 2.0, deprecated in 2.1. [stix21 9.5]
TEST(PatternComparison, ObjectsInside) {
  const std::string bundle =
      R"({"type":"bundle","id":"bundle--1","objects":[{"type":"observed-data","id":"observed-data--0",)"
      R"("first_observed":"2020-01-01T00:00:00Z","last_observed":"2020-01-01T00:00:00Z",)"
      R"("number_observed":1,"objects":{"0":{"type":"network-traffic","src_ref":"1"},)"
      R"("1":{"type":"ipv4-addr","value":"203.0.113.10"},"2":{"type":"network-traffic","dst_ref":"3"},)"
      R"("3":{"type":"ipv4-addr","value":"198.51.100.58"}}}]})";
  EXPECT_EQ(matches("[network-traffic:src_ref.value = '203.0.113.10']", bundle), "0");
  EXPECT_EQ(matches("[network-traffic:src_ref.value = '203.0.113.10' AND "
                    "network-traffic:dst_ref.value = '198.51.100.58']",
                    bundle),
            "");
}

}  // namespace
}  // namespace entente::pattern
