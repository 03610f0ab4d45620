// One function for each source. Random choices come from a generator with a fixed seed.
#include "sets.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "json/json.h"

namespace entente::bench {
namespace {

// A script of the transliteration pairs, and the set that is made of them.
constexpr std::array<std::pair<const char*, const char*>, 6> kPairSets = {{{"ar", "arabic"},
                                                                           {"he", "hebrew"},
                                                                           {"ru", "cyrillic"},
                                                                           {"ko", "hangul"},
                                                                           {"ja-Kana", "kana"},
                                                                           {"zh", "han-foreign"}}};
constexpr size_t kQueriesOfSet = 1'500, kSeenTwiceQueries = 1'600;

Half half_of(std::string_view key) { return hash64(key, 77) % 2 == 0 ? Half::kTrain : Half::kTest; }

std::vector<std::string> lines_of(const std::string& path) {
  const std::string text = read_bench_file(path);
  std::vector<std::string> out;
  for (const std::string_view line : split(text, '\n')) out.emplace_back(line);
  return out;
}

class Maker {
 public:
  Maker(const std::string& directory, Half half)
      : directory_(directory), half_(half), random_(half == Half::kTrain ? 11 : 22) {}

  Sets make() {
    ofac();
    screening_list();
    un();
    for (const auto& [script, set] : kPairSets) wikidata(script, set);
    enamdict();
    cedict();
    end_users();
    end_user_aliases();
    chinese_companies();
    for (const auto& [script, set] : kPairSets) wikidata_seen_twice(script, set);
    drop_listed();
    return std::move(sets_);
  }

 private:
  // The words of a name, in lower case and in order of the alphabet.
  static std::string words_of(std::string_view name) {
    std::vector<std::string> words(1);
    for (const char c : to_lower_ascii(name)) {
      if (static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
          (c >= '0' && c <= '9')) {
        words.back() += c;
      } else if (!words.back().empty()) {
        words.emplace_back();
      }
    }
    std::ranges::sort(words);
    std::string out;
    for (const std::string& word : words) out += word + " ";
    return out;
  }

  // A query that has no entity must not have the very name of one.
  void drop_listed() {
    std::set<std::string> listed;
    for (const names::Entity& one : sets_.list) {
      for (const names::Name& name : one.names) listed.insert(words_of(name.text));
    }
    std::erase_if(sets_.cases, [&](const Case& one) {
      return one.expected.empty() && listed.contains(words_of(one.query.names[0].text));
    });
  }

  names::Entity person(std::string id, std::string name) {
    names::Entity one;
    one.id = std::move(id);
    one.kind = names::Kind::kPerson;
    one.names.push_back({std::move(name), names::NameKind::kPrimary});
    return one;
  }
  void ask(std::string set, names::Kind kind, std::string name, std::string expected) {
    Case one;
    one.set = std::move(set);
    one.query.id = std::to_string(sets_.cases.size());
    one.query.kind = kind;
    one.query.names.push_back({std::move(name), names::NameKind::kPrimary});
    one.expected = std::move(expected);
    sets_.cases.push_back(std::move(one));
  }
  size_t below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }

  static std::vector<std::string> csv(std::string_view line) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        out.emplace_back();
      } else {
        out.back() += c;
      }
    }
    for (std::string& field : out) field = std::string(trim(field));
    return out;
  }

  // A typing error, a letter left out, two letters swapped; words in another order, one left out, one as an initial.
  std::string distorted(std::string text) {
    std::vector<std::string> words;
    for (const std::string_view word : split(text, ' '))
      if (!word.empty()) words.emplace_back(word);
    if (words.empty()) return text;
    const size_t longest = static_cast<size_t>(
        std::ranges::max_element(words, {}, &std::string::size) - words.begin());
    std::string& word = words[below(3) == 0 ? below(words.size()) : longest];
    const size_t what = below(8);
    if (what <= 1 && word.size() > 4) {
      word.erase(1 + below(word.size() - 2), 1);
    } else if (what == 2 && word.size() > 4) {
      const size_t at = 1 + below(word.size() - 3);
      std::swap(word[at], word[at + 1]);
    } else if (what == 3 && word.size() > 4) {
      const size_t at = 1 + below(word.size() - 2);
      word[at] = static_cast<char>('a' + below(26));
    } else if (what == 4 && words.size() > 2) {
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(below(words.size())));
    } else if (what == 5 && words.size() > 1) {
      std::rotate(words.begin(), words.begin() + 1, words.end());
    } else if (what == 6 && words.size() > 2) {
      const size_t at = below(words.size() - 1);
      words[at] += words[at + 1];
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    } else if (what == 7 && words.size() > 2) {
      words[1].resize(1);
    } else if (word.size() > 3) {
      word.insert(below(word.size()), 1, word[below(word.size())]);
    }
    std::string out;
    for (const std::string& one : words) out += (out.empty() ? "" : " ") + one;
    return out;
  }

  void ofac() {
    std::map<std::string, std::vector<std::string>> aliases;
    for (const std::string& line : lines_of(directory_ + "/ofac/alt.csv")) {
      const auto row = csv(line);
      if (row.size() >= 4) aliases[row[0]].push_back(row[3]);
    }
    size_t count = 0, alias_queries = 0, distorted_queries = 0, clean = 0;
    for (const std::string& line : lines_of(directory_ + "/ofac/sdn.csv")) {
      const auto row = csv(line);
      if (row.size() < 4 || half_of(row[0]) != half_) continue;
      const std::string id = "ofac-" + row[0];
      names::Entity one = person(id, row[1]);
      if (row[2] != "individual")
        one.kind = row[2] == "vessel" ? names::Kind::kVessel : names::Kind::kOrganization;
      const std::string set = one.kind == names::Kind::kPerson ? "latin-person" : "latin-org";
      std::vector<std::string>& others = aliases[row[0]];
      if (++count % 6 == 0) {  // not listed
        if (clean++ < kQueriesOfSet) ask(set + "-near", one.kind, row[1], "");
        continue;
      }
      if (one.kind != names::Kind::kVessel && !others.empty() && alias_queries++ < kQueriesOfSet) {
        const size_t held_out = below(others.size());
        ask(set + "-alias", one.kind, others[held_out], id);
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(held_out));
      }
      if (distorted_queries++ < 2 * kQueriesOfSet && one.kind != names::Kind::kVessel)
        ask(set, one.kind, distorted(row[1]), id);
      for (const std::string& other : others) one.names.push_back({other, names::NameKind::kAlias});
      sets_.list.push_back(std::move(one));
    }
  }

  void screening_list() {
    const std::string text =
        json::padded(read_bench_file(directory_ + "/us-consolidated-screening-list.json.zst"));
    json::Parser parser;
    json::Document document;
    if (!parser.parse(text, &document)) return;
    for (const json::Member member : document.root().members()) {
      if (!member.value.is_array()) continue;
      size_t number = 0;
      for (const json::Value entry : member.value.elements()) {
        const auto name = entry.find("n"), source = entry.find("s");
        const std::string id = "csl-" + std::to_string(number++);
        if (!name ||
            (source &&
             (source->integer() == 9 || source->integer() == 10 || source->integer() == 8)) ||
            half_of(id) != half_)
          continue;
        names::Entity one = person(id, name->text());
        one.kind = names::Kind::kAny;
        sets_.list.push_back(std::move(one));
      }
    }
  }

  void un() {
    const std::string text = read_bench_file(directory_ + "/un-consolidated-2026-02-27.xml");
    const auto field = [](std::string_view block, std::string_view name) {
      const std::string open = "<" + std::string(name) + ">",
                        close = "</" + std::string(name) + ">";
      const size_t begin = block.find(open);
      if (begin == std::string_view::npos) return std::string();
      const size_t end = block.find(close, begin);
      return std::string(trim(block.substr(begin + open.size(), end - begin - open.size())));
    };
    for (const bool is_person : {true, false}) {
      const std::string open = is_person ? "<INDIVIDUAL>" : "<ENTITY>";
      for (size_t at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
        const size_t end = text.find(is_person ? "</INDIVIDUAL>" : "</ENTITY>", at);
        const std::string_view block = std::string_view(text).substr(at, end - at);
        const std::string id = "un-" + field(block, "DATAID");
        std::string name;
        for (const std::string_view part :
             {"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"}) {
          if (const std::string one = field(block, part); !one.empty())
            name += (name.empty() ? "" : " ") + one;
        }
        const std::string original = field(block, "NAME_ORIGINAL_SCRIPT");
        if (half_of(id) != half_ || original.empty()) continue;
        const names::Kind kind = is_person ? names::Kind::kPerson : names::Kind::kOrganization;
        names::Entity one = person(id, name);
        one.kind = kind;
        const bool is_listed = half_of(id + "x") == Half::kTrain;
        if (is_listed) ask("un-original", kind, original, id);
        if (is_listed) sets_.list.push_back(std::move(one));
      }
    }
  }

  // Two words make a name. Half of the names are listed in Latin and asked for in the other script, a third the other way
  // round; the rest are asked for in the other script and not listed.
  void wikidata(const std::string& script, const std::string& set) {
    std::vector<TokenPair> pairs;
    for (TokenPair& pair : read_token_pairs(directory_, half_)) {
      if (pair.script == script && pair.latin.size() > 2) pairs.push_back(std::move(pair));
    }
    if (pairs.empty()) return;
    std::ranges::shuffle(pairs, random_);
    const size_t people = std::min<size_t>(pairs.size() / 2, 6'000);
    for (size_t i = 0; i < people; ++i) {
      const TokenPair &a = pairs[2 * i], &b = pairs[2 * i + 1];
      const std::string latin = a.latin + " " + b.latin;
      const std::string separator = script == "ja-Kana" || script == "zh" ? "・" : " ";
      const std::string native = a.native + separator + b.native;
      const std::string id = set + "-" + std::to_string(i);
      if (i >= 4'000 && i < 4'250) {
        ask("latin-person", names::Kind::kPerson, latin, "");
      } else if (i < kQueriesOfSet) {
        ask(set, names::Kind::kPerson, native, id);
        sets_.list.push_back(person(id, latin));
      } else if (i < 2 * kQueriesOfSet) {
        ask(set, names::Kind::kPerson, native, "");
      } else if (i < 2 * kQueriesOfSet + 700) {
        ask(set + "-listed", names::Kind::kPerson, latin, id);
        sets_.list.push_back(person(id, native));
      } else if (i < 2 * kQueriesOfSet + 1400) {
        ask(set + "-listed", names::Kind::kPerson, latin, "");
      } else {
        sets_.list.push_back(person(id, i % 3 == 0 ? native : latin));
      }
    }
  }

  // As above, of pairs that the source saw at least twice: hardly any is wrong.
  void wikidata_seen_twice(const std::string& script, const std::string& set) {
    std::vector<TokenPair> pairs;
    for (TokenPair& pair : read_token_pairs(directory_, half_)) {
      if (pair.script == script && pair.latin.size() > 2 && pair.seen > 1)
        pairs.push_back(std::move(pair));
    }
    std::ranges::shuffle(pairs, random_);
    const std::string separator = script == "ja-Kana" || script == "zh" ? "・" : " ";
    for (size_t i = 0; i < std::min<size_t>(pairs.size() / 2, kSeenTwiceQueries); ++i) {
      const TokenPair &a = pairs[2 * i], &b = pairs[2 * i + 1];
      const bool is_listed = i % 5 < 3;
      const std::string id = set + "-2-" + std::to_string(i);
      ask(set + "-seen-twice", names::Kind::kPerson, a.native + separator + b.native,
          is_listed ? id : "");
      if (is_listed) sets_.list.push_back(person(id, a.latin + " " + b.latin));
    }
  }

  void enamdict() {
    const std::string text = read_bench_file(directory_ + "/enamdict-persons-orgs.jsonl.zst");
    json::Parser parser;
    json::Document document;
    size_t number = 0, clean = 0;
    for (const std::string_view line : split(text, '\n')) {
      const std::string padded = json::padded(line);
      if (line.empty() || !parser.parse(std::string_view(padded).substr(0, line.size()), &document))
        continue;
      const auto kind = document.root().find("kind"), kanji = document.root().find("kanji"),
                 kana = document.root().find("kana"), romaji = document.root().find("romaji");
      if (!kind || !kind->text_is("person") || !kanji || !kana || !romaji) continue;
      std::string latin;
      for (const json::Value one : romaji->elements()) {
        latin = one.text();
        break;
      }
      latin = std::string(trim(latin.substr(0, latin.find('('))));
      // One in four, and no names of foreigners in Kana.
      if (hash64(kanji->text(), 5) % 4 != 0 ||
          kanji->text().find("\xE3\x82") != std::string::npos ||
          kanji->text().find("\xE3\x83") != std::string::npos)
        continue;
      if (latin.find(' ') == std::string::npos || half_of(kanji->text()) != half_) continue;
      const std::string id = "jp-" + std::to_string(number++);
      if (number > 6'000) break;
      if (number <= 1'500) {
        ask("japanese-kanji", names::Kind::kPerson, kanji->text(), id);
        if (number <= 700) ask("japanese-kana", names::Kind::kPerson, kana->text(), id);
        sets_.list.push_back(person(id, latin));
      } else if (clean++ < 1'500) {
        ask("japanese-kanji", names::Kind::kPerson, kanji->text(), "");
        if (clean <= 700) ask("japanese-kana", names::Kind::kPerson, kana->text(), "");
      } else {
        if (number <= 4'000)
          ask("japanese-listed", names::Kind::kPerson, latin, number % 2 == 0 ? id : "");
        if (number > 4'000 || number % 2 == 0)
          sets_.list.push_back(person(id, number > 6'000 ? latin : kanji->text()));
      }
    }
  }

  void cedict() {
    size_t number = 0;
    for (const std::string& line : lines_of(directory_ + "/cedict-proper-names.tsv.zst")) {
      const auto row = split(line, '\t');
      if (row.size() < 4 || row[3].find("(1") == std::string_view::npos)
        continue;  // with a year of birth: a person
      std::string pinyin;
      for (const char c : row[2]) {
        if (c < '0' || c > '9') pinyin += c;
      }
      const auto syllables = split(pinyin, ' ');
      if (row[0].size() > 12 || syllables.size() < 2 || syllables.size() > 4 ||
          pinyin.find(',') != std::string::npos)
        continue;
      std::string latin(syllables[0]);
      latin += ' ';
      for (size_t i = 1; i < syllables.size(); ++i) latin += syllables[i];
      const std::string english(row[3].substr(0, row[3].find('(')));
      // Only those whose English name is the pinyin: others are foreigners.
      if (to_lower_ascii(english).substr(0, 2) != to_lower_ascii(latin).substr(0, 2) ||
          half_of(row[0]) != half_)
        continue;
      const std::string id = "cn-" + std::to_string(number++);
      const bool is_listed = number % 3 != 0;
      if (number % 4 == 0) {
        ask("han-variants", names::Kind::kPerson, std::string(row[0]), is_listed ? id : "");
        if (is_listed) sets_.list.push_back(person(id, std::string(row[1])));
      } else {
        ask("chinese-person", names::Kind::kPerson, std::string(row[number % 2]),
            is_listed ? id : "");
        if (is_listed) sets_.list.push_back(person(id, latin));
      }
    }
  }

  void end_users() {
    const std::string text = json::padded(read_bench_file(directory_ + "/enduser-cn.json"));
    json::Parser parser;
    json::Document document;
    if (!parser.parse(text, &document)) return;
    size_t number = 0;
    for (const json::Value entry : document.root().elements()) {
      const auto name = entry.find("entity_name"), aliases = entry.find("aliases");
      if (!name || !aliases || aliases->size() == 0) continue;
      const std::string id = "eu-" + std::to_string(number++);
      if (half_of(id) != half_) continue;
      for (const json::Value alias : aliases->elements()) {
        const bool is_listed = number % 3 != 0;
        ask("company-translated", names::Kind::kOrganization, alias.text(), is_listed ? id : "");
        if (is_listed) {
          names::Entity one = person(id, name->text());
          one.kind = names::Kind::kOrganization;
          sets_.list.push_back(std::move(one));
        }
        break;
      }
    }
  }

  // Foreign end users: an alias is asked for, or the name if the entity is not listed.
  void end_user_aliases() {
    const std::string text = json::padded(read_bench_file(directory_ + "/enduser-jp.json"));
    json::Parser parser;
    json::Document document;
    if (!parser.parse(text, &document)) return;
    for (const json::Value entry : document.root().elements()) {
      const auto name = entry.find("entity_name"), aliases = entry.find("aliases"),
                 id = entry.find("id");
      if (!name || !aliases || !id || half_of(id->text()) != half_) continue;
      names::Entity one = person(id->text(), name->text());
      one.kind = names::Kind::kOrganization;
      const size_t held_out = aliases->size() == 0 ? 0 : below(aliases->size());
      size_t number = 0;
      if (hash64(id->text(), 9) % 4 == 0) {
        ask("end-user-alias", one.kind, name->text(), "");
        continue;
      }
      for (const json::Value alias : aliases->elements()) {
        if (number++ == held_out) {
          ask("end-user-alias", one.kind, alias.text(), one.id);
        } else {
          one.names.push_back({alias.text(), names::NameKind::kAlias});
        }
      }
      sets_.list.push_back(std::move(one));
    }
  }

  void chinese_companies() {
    size_t number = 0;
    for (const std::string& line : lines_of(directory_ + "/zh-company-short-names.txt.zst")) {
      const std::string name(trim(line));
      if (++number % 20 != 0 || name.size() < 9 || half_of(name) != half_) continue;
      const std::string id = "zhc-" + std::to_string(number);
      names::Entity one = person(id, name + "有限公司");
      one.kind = names::Kind::kOrganization;
      if (number % 80 == 0) {
        ask("chinese-company", names::Kind::kOrganization, "上海" + name + "股份有限公司", id);
      } else if (number % 100 == 0) {
        ask("chinese-company", names::Kind::kOrganization, name, "");
        continue;
      }
      sets_.list.push_back(std::move(one));
    }
  }

  std::string directory_;
  Half half_;
  std::mt19937 random_;
  Sets sets_;
};

}  // namespace

std::vector<TokenPair> read_token_pairs(const std::string& directory, Half half) {
  std::vector<TokenPair> out;
  for (const std::string& line : lines_of(directory + "/wikidata-name-translit.tsv.zst")) {
    const auto row = split(line, '\t');
    if (row.size() < 3 || row[0] == "lang" || half_of(row[1]) != half) continue;
    out.push_back({std::string(row[0]), std::string(row[1]), std::string(row[2]),
                   row.size() > 3 ? std::atoi(std::string(row[3]).c_str()) : 1});
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> read_alias_pairs(const std::string& directory,
                                                                  Half half) {
  std::map<std::string, std::string> names;
  std::vector<std::pair<std::string, std::string>> out;
  const auto fields = [](std::string_view line) {
    std::vector<std::string> row(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        row.emplace_back();
      } else {
        row.back() += c;
      }
    }
    return row;
  };
  for (const std::string& line : lines_of(directory + "/ofac/sdn.csv")) {
    const auto row = fields(line);
    if (row.size() > 3 && half_of(row[0]) == half) names[row[0]] = row[1];
  }
  for (const std::string& line : lines_of(directory + "/ofac/alt.csv")) {
    const auto row = fields(line);
    if (row.size() > 3 && names.contains(row[0])) out.emplace_back(names[row[0]], row[3]);
  }
  return out;
}

Sets make_sets(const std::string& directory, Half half) { return Maker(directory, half).make(); }

}  // namespace entente::bench
