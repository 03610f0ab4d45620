// What surfaces tell of: that a principal was given these entries of its view, whole or as editions, in an answer.
#pragma once

#include <functional>
#include <span>

#include "exchange/view.h"

namespace entente::exchange {

// Called before the answer goes out, on the thread of the request; null: nobody wants to know.
using Served = std::function<void(const View& view, std::span<const store::Position> positions)>;

}  // namespace entente::exchange
