#include "tests/bench/suite.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "common/openmp.hpp"
#include "common/terminal.hpp"

ProblemSize size_of(std::int64_t n, const std::string& what) {
    return {.n = n,
            .items = static_cast<double>(n),
            .words = count_text(n) + " " + what};
}

std::array<ProblemSize, 3> decades(std::int64_t largest,
                                   const std::string& what) {
    return {size_of(largest / 100, what), size_of(largest / 10, what),
            size_of(largest, what)};
}

void Suite::add(const std::string& name, int threads, const Make& make) {
    const auto body = [threads, make](benchmark::State& state) {
        omp_set_dynamic(0);
        omp_set_num_threads(threads);
        const Prepared prepared = make();
        for (const auto step : state) {
            (void)step;
            if (prepared.before_each) {
                state.PauseTiming();
                prepared.before_each();
                state.ResumeTiming();
            }
            prepared.run();
        }
    };
    benchmark::RegisterBenchmark(name.c_str(), body)->UseRealTime();
}

void Suite::add(const std::string& name, int threads,
                const std::function<void()>& run) {
    add(name, threads, Make([run] { return Prepared{.run = run}; }));
}

void Suite::add_lesson(
    Scaling scaling,
    const std::function<Prepared(std::int64_t n, Version version)>& make,
    double efficiency) {
    for (ProblemSize& size : scaling.sizes) {
        size.parallel = fmt::format("{}/parallel/{}", scaling.lesson, size.n);
        add(size.parallel, threads_,
            Make([make, n = size.n] { return make(n, Version::parallel); }));
    }
    tabulate(scaling);
    const ProblemSize& largest = scaling.sizes.back();
    if (scaling.cost) {
        place({.name = scaling.lesson,
               .benchmark = largest.parallel,
               .items = largest.items,
               .cost = scaling.cost});
    }
    const std::string serial =
        fmt::format("{}/serial/{}", scaling.lesson, largest.n);
    add(serial, 1,
        Make([make, n = largest.n] { return make(n, Version::serial); }));
    compare({.what = scaling.lesson + ": efficiency",
             .subject = largest.parallel,
             .reference = serial,
             .kind = Kind::efficiency,
             .at_least = efficiency});
}
