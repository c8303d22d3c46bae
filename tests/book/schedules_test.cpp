// What this compiler's runtime hands out, beside tests/book/schedules.json, the
// table that the schedule lab keeps to.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "common/openmp.hpp"
#include "tests/support/files.hpp"

#ifdef _OPENMP

// What a compiler makes of a loop with a schedule: the chunks are seen in no
// other way, since one thread may get two neighbours.
extern "C" {
#ifdef __clang__
struct ident;
int __kmpc_global_thread_num(ident*);
void __kmpc_dispatch_init_4(ident*, int thread, int schedule, int first,
                            int last, int step, int chunk);
int __kmpc_dispatch_next_4(ident*, int thread, int* is_last, int* first,
                           int* last, int* step);
#else
bool GOMP_loop_guided_start(long begin, long end, long step, long chunk,
                            long* first, long* stop);
bool GOMP_loop_guided_next(long* first, long* stop);
void GOMP_loop_end();
#endif
}

namespace {

using Json = nlohmann::json;

#ifdef __clang__
constexpr const char* guided = "libomp";
#else
constexpr const char* guided = "libgomp";
#endif

/// The cases of one part of the table.
Json cases(const std::string& part) {
    return Json::parse(read_text(WORKBOOK_SOURCE "/tests/book/schedules.json"))
        .at(part);
}

/// The sizes of the chunks of schedule(guided, chunk), in the loop's order.
std::vector<int> guided_sizes(int count, int threads, int chunk) {
    std::map<long, int> sizes;
#pragma omp parallel num_threads(threads)
    {
#ifdef __clang__
        constexpr int kmp_sch_guided_chunked = 36;
        const int thread = __kmpc_global_thread_num(nullptr);
        int is_last = 0;
        int first = 0;
        int last = 0;
        int step = 1;
        __kmpc_dispatch_init_4(nullptr, thread, kmp_sch_guided_chunked, 0,
                               count - 1, 1, chunk);
        while (__kmpc_dispatch_next_4(nullptr, thread, &is_last, &first, &last,
                                      &step) != 0) {
#pragma omp critical
            sizes[first] = last - first + 1;
        }
#else
        long first = 0;
        long stop = 0;
        bool more = GOMP_loop_guided_start(0, count, 1, chunk, &first, &stop);
        for (; more; more = GOMP_loop_guided_next(&first, &stop)) {
#pragma omp critical
            sizes[first] = static_cast<int>(stop - first);
        }
        GOMP_loop_end();
#endif
    }
    std::vector<int> in_order;
    for (const auto& [first, size] : sizes) in_order.push_back(size);
    return in_order;
}

/// Which thread runs which iteration of a loop.
std::vector<int> owners(int count, int threads, int chunk, bool in_blocks) {
    std::vector<int> owner(static_cast<std::size_t>(count), -1);
    if (in_blocks) {
#pragma omp parallel for num_threads(threads) schedule(static)
        for (int i = 0; i < count; ++i) owner[i] = omp_get_thread_num();
    } else {
#pragma omp parallel for num_threads(threads) schedule(static, chunk)
        for (int i = 0; i < count; ++i) owner[i] = omp_get_thread_num();
    }
    return owner;
}

}  // namespace

TEST(SchedulesTest, GuidedHandsOutTheChunksOfTheTable) {
    omp_set_dynamic(0);
    int compared = 0;
    for (const Json& one : cases("sizes")) {
        if (one.at("rule") != guided) continue;
        EXPECT_EQ(
            guided_sizes(one.at("count"), one.at("threads"), one.at("chunk")),
            one.at("sizes").get<std::vector<int>>())
            << one;
        ++compared;
    }
    EXPECT_GE(compared, 5);
}

TEST(SchedulesTest, StaticGivesEachThreadTheIterationsOfTheTable) {
    omp_set_dynamic(0);
    int compared = 0;
    for (const Json& one : cases("loops")) {
        const std::string rule = one.at("rule");
        if (rule != "blocks" && rule != "static") continue;
        EXPECT_EQ(owners(static_cast<int>(one.at("lengths").size()),
                         one.at("threads"), one.at("chunk"), rule == "blocks"),
                  one.at("owners").get<std::vector<int>>())
            << one;
        ++compared;
    }
    EXPECT_GE(compared, 5);
}

#else

TEST(SchedulesTest, IsAboutOpenMP) { GTEST_SKIP() << "OpenMP is off"; }

#endif
