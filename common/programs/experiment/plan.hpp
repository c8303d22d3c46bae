// What an experiment is to try.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/programs/experiment/results.hpp"
#include "common/programs/process.hpp"

/// An experiment as its options, or an assignment file, describe it.
struct Plan {
    std::string lesson = {};             ///< as find_lesson() takes it
    std::filesystem::path lessons = {};  ///< folder of the lessons' programs
    std::filesystem::path control = {};  ///< the control program
    std::filesystem::path output = {};   ///< folder for the results, or empty
    std::vector<int> threads = {};
    std::vector<std::string> schedules = {};
    std::vector<int> widths = {};
    std::vector<int> counts = {};  ///< as widths: sizes, or empty
    std::string bind = "true";     ///< OMP_PROC_BIND
    std::string wait_policy = {};  ///< OMP_WAIT_POLICY, or empty
    int repeats = 7;               ///< rounds
    double timeout = 300.0;        ///< seconds for one run
    /// A shell's words that start each program; {threads} in them is replaced.
    std::string launcher = {};
    std::vector<std::string> lesson_arguments = {};  ///< handed on as they are
    Assignment assignment = {};
    std::filesystem::path collected = {};  ///< instead: of --collect
    std::string typed = {};                ///< the command, as a shell takes it

    // What complete() adds.
    std::filesystem::path programs = {};     ///< folder of the lesson's
    std::vector<std::string> versions = {};  ///< without the serial one
    bool writes_pictures = false;            ///< the lesson has --output
    bool keeps_log = false;                  ///< the lesson has --log
    bool gives_item_times = false;           ///< the lesson has --item-times

    /// Adds what the lesson has, by --describe, and what is usual on a machine
    /// with so many processors.
    /// @throws std::invalid_argument where lesson and options do not fit.
    void complete(int processors);

    /// All settings in the order of a round: the serial one of each size, then
    /// every size x version x schedule x number of threads.
    [[nodiscard]] std::vector<Setting> settings() const;
    [[nodiscard]] std::string size_option() const;
    /// What starts a program as the plan wants it: by the launcher, in the
    /// environment of the runs, and not for longer than the timeout.
    [[nodiscard]] Command command(const std::filesystem::path& program,
                                  const std::vector<std::string>& arguments,
                                  int threads) const;
    /// The control on the largest team that is asked for, to see the machine.
    [[nodiscard]] Command first_control() const;
    /// The timed runs, without the repeated ones.
    [[nodiscard]] int runs() const;
};
