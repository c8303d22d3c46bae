#pragma once

#include <functional>

/// Called by each iteration, with its own number and the number of the thread
/// that runs it. Several threads call it at once.
using Report = std::function<void(int iteration, int thread)>;

/// Runs the iterations 0 .. count-1, each exactly once and in any order. Each
/// calls `report` once.
void hello(int count, const Report& report);

/// Signs the place with that number. Several threads call it at once.
using Sign = std::function<void(int place)>;

/// The exercise. Calls the roll of the team: every thread of the team signs
/// once, at its own place. The place has the thread's own number.
void roll_call(const Sign& sign);
