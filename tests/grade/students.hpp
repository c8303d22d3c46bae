// Who is in a class, and what each has handed in.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// A student of a class.
struct Student {
    std::string key;    ///< names the reports' folder; different for everybody
    std::string name;   ///< from the roster, or from the file's name
    std::string id;     ///< from the roster
    std::string email;  ///< from the roster
    /// The number that Moodle or Canvas puts into a file's name; may be empty.
    std::string number;
    std::vector<std::filesystem::path> submission;  ///< folders and files
};

/// The submissions in a folder: each sub-folder, archive or C++ file is a
/// student's, named by it, except that Moodle's
/// NAME_NUMBER_assignsubmission_... and Canvas's NAME_NUMBER_NUMBER_FILE belong
/// together where name and first number are the same. Hidden files are left
/// out.
/// @param not_used gets the names of what is no submission.
std::vector<Student> find_students(const std::filesystem::path& folder,
                                   std::vector<std::string>& not_used);

/// Reads a roster: CSV whose first line names the columns: id, name, e-mail.
/// @throws std::runtime_error where there is none, or a column is missing.
std::vector<Student> read_roster(const std::filesystem::path& file);

/// Gives the students what the roster says of them: it is found by id, e-mail
/// or name (also "Doe, Jane" and Canvas's "doejane"). Who is in the roster and
/// has handed in nothing is added.
void add_roster(std::vector<Student>& students,
                const std::vector<Student>& roster);

/// A text as tables and messages show it: printable(), with a ? for what is
/// not.
std::string shown(std::string_view text);
