// Hong Kong's spellings have no standard: a syllable's initial and final are each looked up in what is
// usual, and where the usage is divided two spellings are given [Kataoka and Lee 2008].
#include "names/readings.h"

#include <algorithm>

#include "base/text.h"

namespace entente::names {
namespace {

struct Part {
  std::string_view jyutping, usual, other;
};
// Longest first.
constexpr Part kInitials[] = {
    {"gw", "kw", ""}, {"kw", "kw", ""},  {"ng", "ng", ""},  {"b", "p", ""},   {"d", "t", ""},
    {"g", "k", ""},   {"z", "ch", "ts"}, {"c", "ch", "ts"}, {"s", "s", "sh"}, {"j", "y", ""},
    {"p", "p", ""},   {"m", "m", ""},    {"f", "f", ""},    {"t", "t", ""},   {"n", "n", ""},
    {"l", "l", ""},   {"k", "k", ""},    {"h", "h", ""},    {"w", "w", ""}};
constexpr Part kFinals[] = {
    {"aai", "ai", ""},      {"aau", "au", ""},   {"aam", "am", ""},    {"aan", "an", ""},
    {"aang", "ang", ""},    {"aap", "ap", ""},   {"aat", "at", ""},    {"aak", "ak", ""},
    {"aa", "a", "ah"},      {"ai", "ai", ""},    {"au", "au", "ow"},   {"am", "am", "um"},
    {"an", "an", "un"},     {"ang", "ang", ""},  {"ap", "ap", "up"},   {"at", "at", "ut"},
    {"ak", "ak", ""},       {"ei", "ei", "ee"},  {"eng", "eng", ""},   {"ek", "ek", ""},
    {"e", "e", "eh"},       {"iu", "iu", ""},    {"im", "im", ""},     {"in", "in", ""},
    {"ing", "ing", ""},     {"ip", "ip", ""},    {"it", "it", ""},     {"ik", "ik", ""},
    {"i", "i", "ee"},       {"oi", "oi", ""},    {"ou", "o", "oo"},    {"ong", "ong", ""},
    {"on", "on", ""},       {"ok", "ok", ""},    {"ot", "ot", ""},     {"o", "o", "or"},
    {"ui", "ui", "ooi"},    {"un", "un", "oon"}, {"ung", "ung", ""},   {"uk", "uk", ""},
    {"ut", "ut", ""},       {"u", "u", "oo"},    {"oeng", "eung", ""}, {"oek", "euk", ""},
    {"oe", "eu", ""},       {"eoi", "ui", ""},   {"eon", "un", ""},    {"eot", "ut", ""},
    {"yun", "uen", "yuen"}, {"yut", "uet", ""},  {"yu", "u", "yu"},
};

}  // namespace

ReadingTable::ReadingTable(std::string_view text) : text_(text) {}

std::string_view ReadingTable::line_of(std::string_view key) const {
  if (key.empty()) return {};
  // The first line that is not before the key; both ends stand at beginnings of lines.
  size_t begin = 0, end = text_.size();
  const auto line_at = [&](size_t at) { return text_.substr(at, text_.find('\n', at) - at); };
  while (begin < end) {
    size_t middle = begin + (end - begin) / 2;
    while (middle > begin && text_[middle - 1] != '\n') --middle;
    const std::string_view line = line_at(middle);
    const std::string_view found = line.substr(0, line.find(' '));
    if (found == key) return line;
    if (found < key) {
      begin = middle + line.size() + 1;
    } else {
      end = middle;
    }
  }
  return {};
}

std::vector<std::string_view> ReadingTable::find(std::string_view key) const {
  std::vector<std::string_view> fields = split(line_of(key), ' ');
  fields.erase(fields.begin());
  return fields;
}

std::vector<std::string> hong_kong_spellings(std::string_view jyutping) {
  if (jyutping == "ng") return {"ng"};
  if (jyutping == "m") return {"m"};
  const Part* initial = nullptr;
  for (const Part& one : kInitials) {
    if (!jyutping.starts_with(one.jyutping) || jyutping.size() == one.jyutping.size()) continue;
    initial = &one;
    break;
  }
  const std::string_view rest = jyutping.substr(initial == nullptr ? 0 : initial->jyutping.size());
  const Part* const final_part = std::ranges::find(kFinals, rest, &Part::jyutping);
  if (final_part == std::end(kFinals)) return {std::string(jyutping)};
  std::vector<std::string> out;
  const auto add = [&](std::string_view head, std::string_view tail) {
    if (initial != nullptr && initial->jyutping == "j" && tail.starts_with('y')) head = "";
    std::string one(head);
    one += tail;
    if (std::ranges::find(out, one) == out.end()) out.push_back(std::move(one));
  };
  const std::string_view usual = initial == nullptr ? "" : initial->usual;
  const std::string_view other = initial == nullptr ? "" : initial->other;
  add(usual, final_part->usual);
  if (!other.empty()) add(other, final_part->usual);
  if (!final_part->other.empty()) add(usual, final_part->other);
  return out;
}

const std::string_view kSouthernSurnames =
    "陈 tan tran\n林 lim lam\n黄 ng uy wee hoang huynh bong\n张 teo teoh tio truong\n李 lee ly\n"
    "王 ong heng vuong\n吴 goh go gouw ngo\n蔡 chua tsai chuah tjoa thai\n刘 lau low liew luu\n"
    "杨 yeo yeoh njoo duong\n许 koh khaw kho hua\n郑 tay teh tee trinh\n谢 chia cheah seah ta\n"
    "郭 quek kwek kuok kwik\n洪 ang\n曾 chan chin tjan tang\n邱 khoo koo khu\n何 ho\n徐 chee swee "
    "tu\n"
    "沈 sim tham\n叶 yap yeap iap diep\n余 er ee du\n周 chew chiu tjioe chu\n苏 soh saw to\n罗 low "
    "lo la\n"
    "卢 loh lu\n高 ko kao cao\n潘 phua pua phan\n梁 neo niu leong luong\n赵 teo tio trieu\n孙 soon "
    "sng ton\n"
    "萧 siow siew seow tieu\n庄 chng ching trang\n江 kang giang\n纪 kee\n方 png hong phuong\n傅 "
    "poh pho\n"
    "颜 gan\n温 oon woon on\n柯 kua quah kwa\n蓝 nah\n白 peh bach\n石 chioh\n施 see sy si\n杜 toh "
    "tow do\n"
    "董 tang dong\n魏 gui ngui nguy\n唐 tng duong\n汤 thng\n朱 choo chu\n胡 oh aw ho\n阮 nguyen "
    "ng\n黎 le lai\n"
    "范 pham hwan\n武 vo vu\n邓 dang teng\n裴 bui\n马 ma beh\n钟 cheong chung chong\n冯 fong pang "
    "phung\n"
    "彭 phang pang\n廖 liew liau lieu\n赖 lai\n丘 hew khoo\n薛 see sih\n侯 hau how\n姚 yeo "
    "yeoh\n龚 keng kiong\n"
    "康 kng\n田 chan dien\n韩 hang han\n宋 song tong\n邹 chew\n戴 tay tee\n翁 ong eng ang\n连 "
    "lien\n古 koo\n"
    "关 kwan quan\n余 yee\n伍 ng\n甄 yan\n谭 tham thum\n莫 mok mac\n欧 au\n丁 teng ding dinh\n";

}  // namespace entente::names
