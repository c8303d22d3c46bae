// The control: what speedup and what bandwidth this machine can give right now.
//
// A kernel that only computes, a plain copy loop and a pass that changes a list
// in place, on one thread and on the team in turn. What a lesson reaches is
// compared with this, not with what the machine could do at another time.

#include <fmt/core.h>

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <sstream>
#include <vector>

#include "common/machine.hpp"
#include "common/openmp.hpp"
#include "common/programs/logistic_map.hpp"
#include "common/statistics.hpp"
#include "common/timer.hpp"

namespace {

void compute([[maybe_unused]] int threads) {
    constexpr int blocks = 96;     // divides among 1, 2, 3, 4, 6, 8 ... threads
    constexpr int steps = 60'000;  // about 20 ms for all blocks on one thread
    double sum = 0.0;
#pragma omp parallel for num_threads(threads) reduction(+ : sum)
    for (int block = 0; block < blocks; ++block) {
        sum += logistic_map(0.1 + 0.001 * block, steps);
    }
    // Somebody must look at the sum, or the compiler leaves the work out.
    [[maybe_unused]] volatile double seen = sum;
}

void copy([[maybe_unused]] int threads, std::uint8_t* __restrict to,
          const std::uint8_t* __restrict from, std::int64_t bytes) {
#pragma omp parallel for simd num_threads(threads)
    for (std::int64_t i = 0; i < bytes; ++i) to[i] = from[i];
}

void change([[maybe_unused]] int threads, std::uint8_t* list,
            std::int64_t bytes) {
#pragma omp parallel for simd num_threads(threads)
    for (std::int64_t i = 0; i < bytes; ++i) list[i] ^= 1U;
}

/// The median times of: compute on one thread, compute, copy and change on the
/// team. They take turns.
std::vector<double> measure(int threads, std::int64_t bytes, int repeats) {
    std::vector<std::uint8_t> from(static_cast<std::size_t>(bytes), 1);
    std::vector<std::uint8_t> to(from.size());
    const std::vector<std::function<void()>> kernels = {
        [] { compute(1); }, [&] { compute(threads); },
        [&] { copy(threads, to.data(), from.data(), bytes); },
        [&] { change(threads, to.data(), bytes); }};
    std::vector<std::vector<double>> times(kernels.size());
    for (int round = 0; round < repeats; ++round) {
        for (std::size_t i = 0; i < kernels.size(); ++i) {
            const Timer timer;
            kernels[i]();
            times[i].push_back(timer.seconds());
        }
    }
    return {median(times[0]), median(times[1]), median(times[2]),
            median(times[3])};
}

}  // namespace

int main(int argc, char** argv) {
    const std::int64_t threads = argc == 4 ? std::atoll(argv[1]) : 0;
    const std::int64_t bytes = argc == 4 ? std::atoll(argv[2]) : 0;
    const std::int64_t repeats = argc == 4 ? std::atoll(argv[3]) : 0;
    if (threads < 1 || bytes < 1 || repeats < 1) {
        fmt::print(stderr,
                   "control: give threads, bytes and repeats, such as "
                   "control 2 1000000 3\n");
        return 2;
    }
    omp_set_dynamic(0);
    const std::vector<double> times =
        measure(static_cast<int>(threads), bytes, static_cast<int>(repeats));
    const Machine machine = describe_machine();
    // More threads than a container may run at a time only wait.
    const int processors = machine.quota
                               ? std::clamp(static_cast<int>(*machine.quota), 1,
                                            machine.processors_usable)
                               : machine.processors_usable;
    std::ostringstream name;
    name << std::quoted(machine_line(machine));
    const double moved = 2.0 * static_cast<double>(bytes);
    fmt::print(R"({{"machine":{},"threads":{},"processors":{},"speedup":{},)"
               R"("copy_bandwidth":{},"pass_bandwidth":{}}})"
               "\n",
               name.str(), threads, processors, times[0] / times[1],
               moved / times[2], moved / times[3]);
    return 0;
}
