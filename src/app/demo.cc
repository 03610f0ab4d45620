// Stories are told until there are enough objects. Party, language and marks turn with periods of
// 4, 5 and 11, which have no common factor: 220 stories show every combination, and the first
// eleven every language and every mark.
#include "app/demo.h"

#include "app/demo_builder.h"

namespace entente::app {
namespace {

constexpr size_t kStoriesMin = 12;
constexpr size_t kMarkPeriod = 11;

// Marks of a story: the nine TLP levels, then none, then a statement beside TLP:GREEN.
std::vector<std::string> marks_of(size_t turn, const std::string& statement) {
  if (turn < demo_tlp().size()) return {std::string(demo_tlp()[turn].id)};
  if (turn == demo_tlp().size()) return {};
  return {statement, std::string(demo_tlp()[1].id)};
}

bool is_open(const std::vector<std::string>& marks) {
  return marks.size() == 1 && (marks[0] == demo_tlp()[0].id || marks[0] == demo_tlp()[5].id);
}

// Where that party may write; what is open to all goes to `open` if it is the headquarters that
// says it.
std::string_view collection_of(size_t party, size_t number, bool open) {
  if (party == 0 && open) return "open";
  const bool aside = number / kDemoPartyCount % 2 == 1;
  if (party == 3) return aside ? "liaison" : "alliance";
  if (party == 0 && number % 3 == 0) return "liaison";
  return aside ? "nations" : "alliance";
}

}  // namespace

const std::array<DemoParty, kDemoPartyCount>& demo_parties() {
  static constexpr std::array<DemoParty, kDemoPartyCount> kParties = {{
      {"HQ", "Accord Headquarters"},
      {"AVL", "Avalon National CERT"},
      {"BOR", "Borealis National CERT"},
      {"LIA", "Accord Liaison Office"},
  }};
  return kParties;
}

const std::vector<DemoCollection>& demo_collections() {
  static const std::vector<DemoCollection> collections = {
      {"alliance",
       "Alliance",
       {"HQ", "AVL", "BOR", "LIA"},
       {"HQ", "AVL", "BOR", "LIA"},
       "tlp:amber"},
      {"nations",
       "Headquarters and nations",
       {"HQ", "AVL", "BOR"},
       {"HQ", "AVL", "BOR"},
       "tlp:amber"},
      {"liaison", "Headquarters and liaison office", {"HQ", "LIA"}, {"HQ", "LIA"}, "tlp:amber"},
      {"open", "Open to all parties", {"HQ", "AVL", "BOR", "LIA"}, {"HQ"}, "tlp:clear"},
  };
  return collections;
}

std::vector<DemoObject> make_demo_objects(const DemoIdentities& identities, uint64_t seed,
                                          size_t count_min) {
  DemoBuilder builder(identities, seed);
  const DemoCatalogue catalogue = add_catalogue(builder);
  for (size_t number = 0; number < kStoriesMin || builder.count() < count_min; ++number) {
    Scene scene;
    scene.party = number % kDemoPartyCount;
    scene.language = static_cast<Language>(number % kLanguageCount);
    scene.marks = marks_of(number % kMarkPeriod, catalogue.statements[scene.party]);
    scene.collection = collection_of(scene.party, number, is_open(scene.marks));
    builder.enter(std::move(scene));
    switch (number % 7) {
      case 2:
      case 5:
        add_influence(builder, catalogue, number);
        break;
      case 3:
        add_purchase(builder, catalogue, number);
        break;
      case 6:
        add_launch(builder, catalogue, number);
        break;
      default:
        add_intrusion(builder, catalogue, number);
        break;
    }
  }
  return builder.take();
}

}  // namespace entente::app
