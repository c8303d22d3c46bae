#include "common/programs/experiment/assignment.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 6> quantities = {
    "median", "speedup", "efficiency", "scaling", "imbalance", "bandwidth"};
constexpr std::array<std::string_view, 4> filters = {"version", "threads",
                                                     "schedule", "size"};

std::optional<double> number(const std::string& text) {
    try {
        std::size_t end = 0;
        const double value = std::stod(text, &end);
        if (end == text.size() && std::isfinite(value)) return value;
    } catch (const std::logic_error&) {
        // It is none.
    }
    return std::nullopt;
}

template <typename List>
bool has(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

/// @throws std::invalid_argument unless the text is a day of the calendar.
std::string day(const std::string& text) {
    int year = 0;
    int month = 0;
    int day = 0;
    int end = 0;
    std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &end);
    const bool is_day =
        text.size() == 10 && end == 10 && year >= 0 && month > 0 && day > 0 &&
        text.find_first_not_of("0123456789-") == std::string::npos &&
        std::chrono::year_month_day(
            std::chrono::year(year),
            std::chrono::month(static_cast<unsigned>(month)),
            std::chrono::day(static_cast<unsigned>(day)))
            .ok();
    if (is_day) return text;
    throw std::invalid_argument(
        fmt::format("'{}' is no date: write it as in 2027-01-15", text));
}

double points(const std::string& text) {
    const std::optional<double> value = number(text);
    if (value && *value >= 0.0 && *value <= 1e6) return *value;
    throw std::invalid_argument(
        fmt::format("'{}' is no number of points", text));
}

Expectation expectation(const std::string& text) {
    const auto fail = [&](const std::string& what) {
        return std::invalid_argument(
            fmt::format("'{}': {}: write it as in 'speedup 1.5 2.0 threads=2'",
                        text, what));
    };
    std::istringstream words(text);
    Expectation one;
    one.text = text;
    words >> one.quantity >> one.low >> one.high;
    if (!has(quantities, one.quantity)) {
        throw fail(
            fmt::format("first comes one of {}", fmt::join(quantities, ", ")));
    }
    const std::optional<double> low = number(one.low);
    const std::optional<double> high = number(one.high);
    if (!low || !high || !(*low <= *high)) {
        throw fail("then two numbers, the smaller one first");
    }
    for (std::string word; words >> word;) {
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        if (equals == std::string::npos || !has(filters, name)) {
            throw fail(fmt::format("'{}' is none of {}", word,
                                   fmt::join(filters, "=, ")));
        }
        one.where[name] = word.substr(equals + 1);
    }
    return one;
}

}  // namespace

void Assignment::take(std::vector<TomlEntry>& entries) {
    const auto only = [](const Words& values) {
        if (values.size() == 1) return values.front();
        throw std::invalid_argument("give one value, not several");
    };
    const auto take_one = [&](const TomlEntry& entry) {
        const auto& [key, values] = entry;
        if (key == "title") {
            title = only(values);
        } else if (key == "due") {
            due = day(only(values));
        } else if (key == "questions") {
            questions = values;
        } else if (key == "points") {
            points.clear();
            for (const std::string& value : values) {
                points.push_back(::points(value));
            }
        } else if (key == "expect") {
            for (const std::string& value : values) {
                expected.push_back(expectation(value));
            }
        } else {
            return false;
        }
        return true;
    };
    std::erase_if(entries, [&](const TomlEntry& entry) {
        try {
            return take_one(entry);
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument(entry.key + ": " + error.what());
        }
    });
    if (!points.empty() && points.size() != questions.size()) {
        throw std::invalid_argument(
            fmt::format("points: there are {} for {} questions: give one for "
                        "each",
                        points.size(), questions.size()));
    }
}
