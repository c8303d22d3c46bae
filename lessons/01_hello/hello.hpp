#pragma once

#include <functional>

/// What a task says when it runs: its own number and that of the thread that
/// runs it. Called by several threads at once.
using Report = std::function<void(int task, int thread)>;

/// Lets the tasks 0 .. tasks-1 report in, each exactly once, in any order.
void hello(int tasks, const Report& report);

/// How a thread signs: by calling this with the number of a place. Called by
/// several threads at once.
using Sign = std::function<void(int place)>;

/// The exercise. Calls the roll of the team: every thread of it signs once, and
/// at its own place, the one with the thread's own number.
void roll_call(const Sign& sign);
