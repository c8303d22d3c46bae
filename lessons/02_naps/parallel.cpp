// Lesson 02: naps
//
// No nap needs another one, so several may be taken at the same time: on as
// many threads as `num_threads` says. That may be more than there are
// processors: a sleeping thread needs no processor. A computing thread does.

#include <chrono>
#include <thread>

#include "naps.hpp"

std::uint64_t compute(std::int64_t steps) {
    std::uint64_t number = 1;
    for (std::int64_t step = 0; step < steps; ++step) {
        number = 6364136223846793005U * number + 1442695040888963407U;
    }
    return number;
}

static void nap(const Plan& plan, int i, WorkLog& log) {
    const WorkLog::Item noted = log.item(i);
    const double seconds = plan.seconds[i];
    if (plan.steps_per_second == 0.0) {
        std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    } else {
        const double steps = seconds * plan.steps_per_second;
        // volatile: the compiler must not leave out an unused result.
        volatile std::uint64_t kept = compute(static_cast<std::int64_t>(steps));
        static_cast<void>(kept);
    }
}

void naps(const Plan& plan, const Report& report, WorkLog& log) {
    const int count = static_cast<int>(plan.seconds.size());
#pragma omp parallel for num_threads(plan.threads)
    for (int i = 0; i < count; ++i) {
        nap(plan, i, log);
        report(i);
    }
}
