#include "common/schedule.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace {

constexpr std::array<const char*, 5> names = {"", "static", "dynamic", "guided",
                                              "auto"};

}  // namespace

std::optional<Schedule> to_schedule(const std::string& text) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string kind = text.substr(0, comma);
    const auto* const name = std::find(names.begin() + 1, names.end(), kind);
    if (name == names.end()) return std::nullopt;
    Schedule schedule = {.kind =
                             static_cast<omp_sched_t>(name - names.begin())};
    if (comma == text.size()) return schedule;
    const char* end = text.data() + text.size();
    const auto [rest, error] =
        std::from_chars(text.data() + comma + 1, end, schedule.chunk);
    const bool is_chunk =
        error == std::errc() && rest == end && schedule.chunk >= 1;
    if (!is_chunk || schedule.kind == omp_sched_auto) return std::nullopt;
    return schedule;
}

std::string schedule_in_force() {
    omp_sched_t kind = omp_sched_static;
    int chunk = 0;
    omp_get_schedule(&kind, &chunk);
    // Above the kind's bits comes the "monotonic" modifier.
    const auto number = static_cast<unsigned>(kind) & 0xFFU;
    const std::string name = names.at(number);
    const bool by_default =
        chunk < 1 || (chunk == 1 && number != omp_sched_static);
    return by_default ? name : fmt::format("{},{}", name, chunk);
}
