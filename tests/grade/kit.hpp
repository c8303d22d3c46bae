// The workbook's side of grading: what a student's file is compiled with.

#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// The criteria of an exercise, in the order in which they are shown.
inline constexpr std::array<const char*, 4> criteria = {"correct", "parallel",
                                                        "race_free", "fast"};

/// Points of one criterion of one exercise.
struct Points {
    std::string lesson;
    std::string criterion;
    double maximum = 0.0;
};

/// How a test program is made of a student's file.
struct Recipe {
    std::string compiler;
    std::vector<std::string> flags;
    std::vector<std::string> own_libraries;
    std::vector<std::string> libraries;
    /// What it was read from, and the libraries that were copied.
    std::vector<std::filesystem::path> sources;
    std::filesystem::path include;  ///< the workbook's headers
    /// Folder with libNN_name_exercise.a and, where the lesson has parts/,
    /// libNN_name_parts.a.
    std::filesystem::path tests;

    /// The commands that make `program` of a student's file: the first compiles
    /// it, the second lists its symbols, the third links it.
    [[nodiscard]] std::vector<std::vector<std::string>> commands(
        const std::string& lesson, const std::filesystem::path& file,
        const std::filesystem::path& program) const;
};

/// All that is needed to grade, copied from a built workbook to a folder that
/// every user may read.
struct Kit {
    std::filesystem::path grade_step;  ///< the program
    std::vector<std::string> lessons;  ///< those that are graded, in order
    /// Of all of these: the fixed list. A criterion that is worth nothing and
    /// has no test is left out.
    std::vector<Points> points;
    /// The names of a lesson's tests, in order: "Correct.KnownPixels".
    std::map<std::string, std::vector<std::string>> tests;
    Recipe release;
    Recipe races;  ///< for the race detector
    /// The same without optimisation, which removes some races.
    Recipe races_O0;
    std::string no_detector;  ///< why race_free is not judged; empty: it is
    std::string no_sandbox;   ///< why there is no sandbox; empty: there is one
    /// What the sandbox shows beside the system's own folders.
    std::vector<std::filesystem::path> readable;

    /// The sandbox of a step, for grade_step.
    [[nodiscard]] std::string sandbox() const;
};

/// Copies what is needed to grade the lessons that `wanted` names, by number or
/// name (all for none), into `folder`. The workbook's libraries have been
/// built in `build`, those for the race detector in `races_build`; where there
/// are none or older ones than the workbook, or where two exercises of ours,
/// one with a race and one without, are not judged rightly, the kit says that
/// race_free is not judged. The sandbox shows the folders in `readable` and the
/// kit's. What is in `folder` already, from an earlier call with the same
/// arguments, is used as it is.
/// @throws std::runtime_error when something is missing, std::invalid_argument
///     when points.json is wrong or a lesson unknown; both say what.
Kit make_kit(const std::filesystem::path& workbook,
             const std::filesystem::path& build,
             const std::filesystem::path& races_build,
             const std::vector<std::string>& wanted,
             const std::vector<std::filesystem::path>& readable,
             const std::filesystem::path& folder);

/// The last changed of the C++ files that the tests of a lesson's exercise are
/// made of: the student's own and scripts are none.
std::filesystem::path newest_source(const std::filesystem::path& workbook,
                                    const std::string& lesson);

/// Lets every user read what is in a folder, whatever the umask.
/// @throws std::filesystem::filesystem_error when that cannot be changed.
void open_to_all(const std::filesystem::path& folder);
