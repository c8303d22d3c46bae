// What an experiment is to try.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/programs/experiment/results.hpp"

/// An experiment as its options, or an assignment file, describe it.
struct Plan {
    std::string lesson;                  ///< folder name, "12_mandelbrot"
    std::filesystem::path programs;      ///< folder of the lesson's programs
    std::filesystem::path control;       ///< the control program
    std::vector<std::string> versions;   ///< without the serial one
    std::vector<int> threads;            ///< each >= 1
    std::vector<std::string> schedules;  ///< empty: none to set
    std::vector<std::string> sizes;      ///< empty: the lesson's default
    std::string size_option;             ///< "--width" or "--count"
    std::string bind = "true";           ///< OMP_PROC_BIND
    std::string wait_policy;             ///< OMP_WAIT_POLICY, or empty
    int repeats = 7;                     ///< rounds
    double timeout = 300.0;              ///< seconds for one run
    bool writes_pictures = false;        ///< the lesson has --output
    bool keeps_log = false;              ///< the lesson has --log
    std::vector<std::string> lesson_arguments;  ///< handed on as they are

    /// The serial settings, one for each size.
    [[nodiscard]] std::vector<Setting> serial_settings() const;
    /// Every size x version x schedule x number of threads.
    [[nodiscard]] std::vector<Setting> parallel_settings() const;
    /// Serial and parallel ones: the order of a round.
    [[nodiscard]] std::vector<Setting> settings() const;
    /// The timed runs, without the repeated ones.
    [[nodiscard]] int runs() const;
};
