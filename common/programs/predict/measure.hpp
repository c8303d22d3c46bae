#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/programs/experiment/results.hpp"
#include "common/programs/predict/model.hpp"
#include "common/record.hpp"

/// What a user asks for.
struct Wanted {
    std::string lesson = {};
    std::filesystem::path tools;    ///< the folder of control and team_costs
    std::filesystem::path lessons;  ///< the folder of the lessons' programs
    std::filesystem::path sources = WORKBOOK_SOURCE "/lessons";
    std::string version = "parallel";
    std::vector<int> threads = {4, 16, 64};
    std::vector<std::string> schedules = {"static", "static,1", "dynamic",
                                          "guided"};
    std::string timeline = {};  ///< a schedule; empty: the version's own
    int repeats = 5;
    std::filesystem::path csv = {};
    std::vector<std::string> arguments = {};  ///< for the lesson's programs
};

/// A version of the loop that can be run with one of the schedules.
struct Candidate {
    std::string version;
    std::string option;  ///< for --schedule; empty: the clause names it
    std::string name;    ///< of the schedule, as to_cuts() has it
};

/// A lesson, its programs and what they can do.
class Programs {
 public:
    /// Throws std::invalid_argument where the lesson, or its version, is not
    /// there. `wanted` has to live as long.
    explicit Programs(const Wanted& wanted);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::vector<std::string>& versions() const {
        return versions_;
    }
    /// Whether the lesson's programs know an option, such as --log.
    [[nodiscard]] bool has(const std::string& option) const;
    [[nodiscard]] LoopSource source(const std::string& version) const;

    /// Runs a version. @returns its record, with the median time alone.
    [[nodiscard]] Record run(const std::string& version, int threads,
                             const std::string& schedule,
                             const std::vector<std::string>& more = {}) const;
    [[nodiscard]] Control control(int threads, std::int64_t bytes) const;
    [[nodiscard]] Costs costs(int threads) const;

 private:
    [[nodiscard]] std::filesystem::path path(const std::string& version) const;

    const Wanted& wanted_;
    std::string name_;
    std::vector<std::string> versions_;
    std::vector<std::string> options_;
};

/// The versions that differ by pragmas alone, each with the schedules that it
/// can have. `runtime`: the OpenMP library's, as Costs has it.
std::vector<Candidate> find_candidates(const Programs& programs,
                                       const Wanted& wanted,
                                       const std::string& runtime);

/// Everything that is measured, in rounds, so that a slow moment of the machine
/// meets all.
struct Measured {
    double alone = 0.0;           ///< the loop on one thread, seconds
    std::string size = {};        ///< in words
    std::vector<double> lengths;  ///< of the items in the log, seconds
    /// Seconds, by threads and the schedule's name.
    std::map<std::pair<int, std::string>, double> teams;
    /// The control's speedup by what as many processors should give, by
    /// threads.
    std::map<int, double> control;
};

/// Runs the loop on one thread and each of the candidates on each of `teams`
/// threads. Throws std::runtime_error where the number of iterations changes.
Measured measure(const Programs& programs, const Wanted& wanted,
                 const std::vector<Candidate>& candidates,
                 const std::set<int>& teams);

/// Beyond this nobody wants to know why a line is missing.
[[noreturn]] void give_up(const std::string& why);
