// What an assignment file says beyond the options of the experiment, for the
// page and for what a student hands in.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/programs/experiment/toml.hpp"

/// What its author expects of a measured quantity, such as "speedup 1.5 2.0
/// threads=2": of every setting that `where` describes.
struct Expectation {
    std::string text;      ///< as it is in the file
    std::string quantity;  ///< as the table calls it
    std::string low;       ///< a number, as it is in the file
    std::string high;
    /// Members of Setting, such as threads and schedule.
    std::map<std::string, std::string> where;
};

struct Assignment {
    std::string file;  ///< for messages
    std::string title;
    std::string due;  ///< YYYY-MM-DD
    std::vector<std::string> questions;
    std::vector<double> points;  ///< one for each question, or none
    std::vector<Expectation> expected;

    [[nodiscard]] bool empty() const {
        return title.empty() && due.empty() && questions.empty() &&
               expected.empty();
    }
    /// Takes the keys title, due, questions, points and expect out of the
    /// entries of an assignment file.
    /// @throws std::invalid_argument that names the key.
    void take(std::vector<TomlEntry>& entries);
};
