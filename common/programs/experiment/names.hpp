// What settings are called in figures and captions.

#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/programs/experiment/results.hpp"

/// "1 thread", "2 threads".
std::string threads_text(int threads);

/// Names an experiment's settings by what tells them apart, and no more.
class Names {
 public:
    explicit Names(const Experiment& experiment);

    /// The schedule, or the version where that tells more: "dynamic,16",
    /// "serial", "simd, dynamic,16".
    [[nodiscard]] std::string kind(const Setting& setting) const;
    /// The size in words, "1024 x 683", where it is known.
    [[nodiscard]] std::string size(const Setting& setting) const;
    /// "dynamic,16, 2 threads, 1024 x 683".
    [[nodiscard]] std::string whole(const Setting& setting) const;
    /// What all of them have in common, to end a title: " (2 threads, 1024 x
    /// 683)", or nothing.
    [[nodiscard]] std::string shared(
        const std::vector<Setting>& settings) const;

 private:
    std::set<std::string> versions_;  // without the serial one
    std::set<int> threads_;
    std::map<std::string, std::string> sizes_;  // and in words
};

/// The unit that suits times up to `longest` seconds.
struct TimeUnit {
    double seconds = 1.0;
    const char* name = "s";
};
TimeUnit unit_for(double longest);
