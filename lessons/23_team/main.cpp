// Computes pi as the area under a curve, and shows which thread worked when.

#include <fmt/core.h>

#include <numbers>

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "common/thread_map.hpp"
#include "team.hpp"

int main(int argc, char** argv) {
    std::int64_t strips = 10'000'000;
    Lesson lesson("23_team", "Computes pi as the area under a curve.");
    lesson.option("--strips", strips, {1, 10'000'000'000, 1000},
                  "strips that the area is cut into");
    lesson.add_log();
    return lesson.run(argc, argv, [&] {
        lesson.set_size(count_text(strips) + " strips", strips);
        Area found;
        WorkLog off;
        lesson.measure([&] { found = area(strips, off); });
        const WorkLog log = lesson.log_run(
            found.team, [&](WorkLog& shares) { found = area(strips, shares); });

        constexpr double pi = std::numbers::pi;
        const auto count = static_cast<double>(strips);
        const double rounding = (count + 4.0) * 0x1p-53;  // see team.hpp
        const double rule = 1.0 / (3.0 * count * count);
        lesson.add_result(std::span(&found.pi, 1), std::span(&pi, 1),
                          rounding + rule / pi);
        fmt::print("{}", timeline_text(log, found.team));
        fmt::print(
            "pi is {:.15f}: off by {:+.1e}, and by the rule alone {:+.1e}\n",
            found.pi, found.pi - pi, 1.0 / (12.0 * count * count));
    });
}
