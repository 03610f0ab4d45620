// The demonstration goes the way of everything: parties by commands, objects through ingest as their party. Runs of objects
// for the same party and collection are one submission each; they are queued without waiting, so that one sync serves many.
#include "app/init.h"

#include <fmt/format.h>

#include <condition_variable>
#include <map>
#include <mutex>

#include "app/data_directory.h"
#include "app/demo.h"
#include "app/demo_procedures.h"
#include "exchange/ingest.h"

namespace entente::app {
namespace {

constexpr uint64_t kDemoSeed = 8420;
constexpr size_t kDemoObjectsMin = 2'000;
constexpr std::string_view kDemoGroups[][2] = {{"ACCORD", "The Accord: all parties"},
                                               {"NATIONS", "National CERTs"}};
constexpr std::string_view kDemoMembers[][2] = {{"ACCORD", "HQ"},
                                                {"ACCORD", "NATIONS"},
                                                {"ACCORD", "LIA"},
                                                {"NATIONS", "AVL"},
                                                {"NATIONS", "BOR"}};

Result<Fields> run(Desk& desk, const JsonObject& request) {
  const Fields fields = TRY(Fields::parse(request.text()));
  const Outcome outcome = TRY(run_command(desk, fields));
  return Fields::parse(outcome.json);
}

// Counts submissions that are under way and keeps the first trouble.
class Pending {
 public:
  void begin() {
    const std::lock_guard lock(mutex_);
    ++count_;
  }
  void end(Result<exchange::SubmitOutcome> outcome) {
    const std::lock_guard lock(mutex_);
    if (!outcome && result_) result_ = std::unexpected(outcome.error());
    if (outcome && outcome->refused > 0 && result_) {
      result_ = fail(Code::kInternal, "the demonstration's objects were refused");
    }
    --count_;
    changed_.notify_all();
  }
  Result<void> wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count_ == 0; });
    return result_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t count_ = 0;
  Result<void> result_;
};

Result<void> import_demo(Desk& desk, const DemoIdentities& identities) {
  std::map<std::string, std::string> identity_of;
  for (size_t i = 0; i < kDemoPartyCount; ++i)
    identity_of.emplace(demo_parties()[i].code, identities[i]);
  const std::vector<DemoObject> objects = make_demo_objects(identities, kDemoSeed, kDemoObjectsMin);
  exchange::Batcher batcher(desk.node.journal(), desk.random);
  Pending pending;
  Result<void> read;
  for (size_t i = 0; i < objects.size() && read;) {
    const DemoObject& first = objects[i];
    auto submission = std::make_unique<exchange::Submission>();
    submission->who = TRY(desk.node.as_party(first.party));
    const auto state = desk.node.state();
    const release::Collection* collection = state->directory->collection(first.collection);
    CHECK(collection != nullptr);
    submission->collection = collection->number;
    std::string text = "{\"objects\":[";
    const size_t begin = i;
    for (; i < objects.size() && objects[i].party == first.party &&
           objects[i].collection == first.collection;
         ++i) {
      if (i > begin) text += ',';
      text += objects[i].json;
    }
    text += "]}";
    const size_t size = text.size();
    text.append(json::kPaddingBytes, ' ');
    text.resize(size);
    submission->text = std::move(text);
    read = batcher.read_envelope(*submission, identity_of[first.party], nullptr);
    if (!read) break;
    pending.begin();
    desk.node.submit(std::move(submission), [&pending](Result<exchange::SubmitOutcome> outcome) {
      pending.end(std::move(outcome));
    });
  }
  const Result<void> stored = pending.wait();
  TRY(read);
  return stored;
}

Result<Outcome> fill_with_demo(Desk& desk) {
  JsonList parties, collections;
  DemoIdentities identities;
  for (size_t i = 0; i < kDemoPartyCount; ++i) {
    const DemoParty& party = demo_parties()[i];
    JsonObject request;
    request.add("command", "party-add").add("code", party.code).add("name", party.name);
    const Fields made = TRY(run(desk, request));
    identities[i] = made.text("identity");
    parties.add_raw(JsonObject()
                        .add("code", party.code)
                        .add("identity", made.text("identity"))
                        .add("key", made.text("key"))
                        .text());
  }
  for (const auto& [code, name] : kDemoGroups) {
    TRY(run(desk, JsonObject().add("command", "group-add").add("code", code).add("name", name)));
  }
  for (const auto& [group, member] : kDemoMembers) {
    TRY(run(desk,
            JsonObject().add("command", "group-member").add("group", group).add("member", member)));
  }
  for (const DemoCollection& collection : demo_collections()) {
    JsonObject request;
    request.add("command", "collection-add")
        .add("alias", collection.alias)
        .add("title", collection.title);
    request.add_list("read", {collection.read.begin(), collection.read.end()});
    request.add_list("write", {collection.write.begin(), collection.write.end()})
        .add("default", collection.label);
    const Fields made = TRY(run(desk, request));
    collections.add_raw(
        JsonObject().add("id", made.text("id")).add("alias", collection.alias).text());
  }
  TRY(import_demo(desk, identities));
  TRY(begin_demo_procedures(desk));
  return Outcome{JsonObject()
                     .add_raw("parties", parties.text())
                     .add_raw("collections", collections.text())
                     .text()};
}

}  // namespace

Result<Outcome> run_init(const std::string& directory, Filling filling) {
  const auto opened = TRY(open_directory(directory, Must::kBeNew, 0));
  Desk desk{*opened->node,  opened->random,   *opened->files,
            *opened->audit, opened->recovery, directory};
  Outcome outcome{R"({"parties":[],"collections":[]})"};
  if (filling == Filling::kDemo) outcome = TRY(fill_with_demo(desk));
  TRY(opened->audit->flush());
  TRY(mark_as_node(*opened->files, directory));
  return outcome;
}

}  // namespace entente::app
