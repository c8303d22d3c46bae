#pragma once

#include <functional>

/// What a task says when it runs: its own number and that of the thread that
/// runs it. Called by several threads at once.
using Report = std::function<void(int task, int thread)>;

/// Lets the tasks 0 .. tasks-1 report in, each exactly once, in any order.
void hello(int tasks, const Report& report);
