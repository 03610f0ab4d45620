// What a Journal is made of.
#pragma once

#include <memory>
#include <mutex>

#include "store/core.h"
#include "store/indexer.h"
#include "store/writer.h"

namespace entente::store {

class Journal::Impl {
 public:
  Impl(Files& files, const std::string& directory, const Options& options)
      : core(files, directory, options) {}

  Core core;
  std::unique_ptr<Indexer> indexer;
  std::unique_ptr<Writer> writer;  // after the indexer, which it hands sealed segments to
  mutable std::mutex maintenance;  // one backup or erasure at a time
};

}  // namespace entente::store
