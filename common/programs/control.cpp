// The control: what speedup and what bandwidth this machine can give right now.
//
// A kernel that only computes, and a plain copy loop, each on one thread and on
// the team, in turn. What a lesson reaches is compared with this and not with
// what the machine once could.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "common/machine.hpp"
#include "common/openmp.hpp"
#include "common/programs/logistic_map.hpp"
#include "common/statistics.hpp"
#include "common/timer.hpp"

namespace {

constexpr int blocks = 96;  // divides among 1, 2, 3, 4, 6, 8, 12 ... threads

double compute(int threads, int steps) {
    double sum = 0.0;
    const Timer timer;
#pragma omp parallel for num_threads(threads) reduction(+ : sum)
    for (int block = 0; block < blocks; ++block) {
        sum += logistic_map(0.1 + 0.001 * block, steps);
    }
    // The sum is always positive; that it is looked at keeps it computed.
    return sum > 0.0 ? timer.seconds() : 0.0;
}

double copy(int threads, std::uint8_t* __restrict to,
            const std::uint8_t* __restrict from, std::int64_t bytes) {
    const Timer timer;
#pragma omp parallel for num_threads(threads)
    for (std::int64_t i = 0; i < bytes; ++i) to[i] = from[i];
    return timer.seconds();
}

struct Control {
    std::vector<double> compute_one;
    std::vector<double> compute_team;
    std::vector<double> copy_one;
    std::vector<double> copy_team;
};

Control measure(int threads, std::int64_t bytes, int repeats) {
    constexpr int steps = 60'000;  // about 20 ms for all blocks on one thread
    const auto size = static_cast<std::size_t>(bytes);
    const std::vector<std::uint8_t> from(size, 1);
    std::vector<std::uint8_t> to(size);
    Control control;
    for (int round = 0; round < repeats; ++round) {
        control.compute_one.push_back(compute(1, steps));
        control.compute_team.push_back(compute(threads, steps));
        control.copy_one.push_back(copy(1, to.data(), from.data(), bytes));
        control.copy_team.push_back(
            copy(threads, to.data(), from.data(), bytes));
    }
    return control;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App options(
        "Measures what speedup and what bandwidth the machine can give now, "
        "and prints it as a line of JSON.");
    options.name("control");
    int threads = omp_get_max_threads();
    std::int64_t bytes = std::int64_t{32} << 20;
    int repeats = 3;
    options.add_option("--threads", threads, "size of the team")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    options.add_option("--bytes", bytes, "size of the list to copy")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 34))
        ->capture_default_str();
    options.add_option("--repeat", repeats, "of which the medians are printed")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    CLI11_PARSE(options, argc, argv);

    omp_set_dynamic(0);
    const Control control = measure(threads, bytes, repeats);
    const double moved = 2.0 * static_cast<double>(bytes);  // read and written
    const Machine machine = describe_machine();
    const nlohmann::ordered_json line = {
        {"machine", machine_line(machine)},
        {"threads", threads},
        {"processors", machine.processors_usable},
        {"speedup", median(control.compute_one) / median(control.compute_team)},
        {"copy_bandwidth_one", moved / median(control.copy_one)},
        {"copy_bandwidth", moved / median(control.copy_team)},
    };
    fmt::print("{}\n", line.dump());
    return 0;
}
