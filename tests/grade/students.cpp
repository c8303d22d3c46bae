#include "tests/grade/students.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <stdexcept>

#include "common/terminal.hpp"
#include "tests/grade/submission.hpp"

namespace {

namespace fs = std::filesystem;

/// Small letters and digits, and all that is not ASCII.
std::string letters(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || std::isalnum(byte) != 0) {
            result += static_cast<char>(byte < 0x80 ? std::tolower(byte) : c);
        }
    }
    return result;
}

/// A name without "_NUMBER_assignsubmission_file" and the like, and the number.
Student named(const std::string& file, bool is_folder) {
    static const std::regex moodle("(.+)_([0-9]+)_assignsubmission_.*");
    static const std::regex canvas("([^_]+)_(?:LATE_)?([0-9]+)_[0-9]+_.+");
    Student student;
    std::smatch parts;
    if (std::regex_match(file, parts, moodle) ||
        (!is_folder && std::regex_match(file, parts, canvas))) {
        student.name = parts[1];
        student.number = parts[2];
        student.key = student.name + "_" + student.number;
        return student;
    }
    student.name = file;
    if (!is_folder) {
        for (const char* end : {".gz", ".tar", ".tgz", ".zip", ".cpp"}) {
            if (student.name.ends_with(end)) {
                student.name = fs::path(student.name).stem();
            }
        }
    }
    student.key = student.name;
    return student;
}

/// The fields of CSV, line by line (RFC 4180).
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
    std::vector<std::vector<std::string>> lines = {{""}};
    bool quoted = false;
    for (const char c : text) {
        std::string& field = lines.back().back();
        if (c == '"') {
            // A doubled quote ends and begins again.
            if (!quoted && !field.empty()) field += c;
            quoted = !quoted;
        } else if (!quoted && (c == ',' || c == ';')) {
            lines.back().emplace_back();
        } else if (!quoted && c == '\n') {
            lines.push_back({""});
        } else if (c != '\r') {
            field += c;
        }
    }
    return lines;
}

}  // namespace

std::string shown(std::string_view text) { return printable(text, "?"); }

std::vector<Student> find_students(const fs::path& folder,
                                   std::vector<std::string>& not_used) {
    std::map<std::string, Student> students;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder)) {
        paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
        const std::string file = path.filename();
        const bool is_folder = fs::is_directory(path);
        const bool is_file = is_archive(path) || path.extension() == ".cpp";
        if ((!is_folder && !is_file) || file.front() == '.' ||
            file == "__MACOSX") {
            not_used.push_back(file);
            continue;
        }
        Student student = named(file, is_folder);
        // Reports have a folder beside files of ours.
        if (student.key.ends_with(".csv") || student.key.ends_with(".txt")) {
            student.key += "_";
        }
        students.try_emplace(student.key, student)
            .first->second.submission.push_back(path);
    }
    std::vector<Student> list;
    for (const auto& [key, student] : students) list.push_back(student);
    return list;
}

std::vector<Student> read_roster(const fs::path& file) {
    std::ifstream in(file);
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (!in) {
        throw std::runtime_error(
            fmt::format("{}: cannot be read", file.string()));
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    const auto lines = read_csv(text);
    const auto column = [&](const std::string& word) {
        for (std::size_t i = 0; i < lines[0].size(); ++i) {
            const std::string name = letters(lines[0][i]);
            if (name == word || name == word + "number" ||
                name == word + "address") {
                return i;
            }
        }
        throw std::runtime_error(fmt::format(
            "{}: its first line has to name the columns: id,name,e-mail",
            file.string()));
    };
    const std::size_t id = column("id");
    const std::size_t name = column("name");
    const std::size_t email = column("email");
    std::vector<Student> roster;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].size() <= std::max({id, name, email})) continue;
        Student student;
        student.id = lines[i][id];
        student.name = lines[i][name];
        student.email = lines[i][email];
        student.key = student.id;
        roster.push_back(student);
    }
    return roster;
}

void add_roster(std::vector<Student>& students,
                const std::vector<Student>& roster) {
    const auto is_same = [](const Student& student, const Student& entry) {
        const std::string name = letters(entry.name);
        // "Jane Doe" and "Doe, Jane", which Canvas makes "doejane".
        const std::size_t space = entry.name.rfind(' ');
        const std::string turned = space == std::string::npos
                                       ? name
                                       : letters(entry.name.substr(space) +
                                                 entry.name.substr(0, space));
        const std::string given = letters(student.name);
        const std::string account =
            entry.email.substr(0, entry.email.find('@'));
        return student.name == entry.id || student.number == entry.id ||
               student.name == entry.email || student.name == account ||
               (!given.empty() && (given == name || given == turned));
    };
    std::vector<Student> absent;
    for (const Student& entry : roster) {
        const auto found = std::find_if(
            students.begin(), students.end(), [&](const Student& student) {
                return student.id.empty() && is_same(student, entry);
            });
        if (found == students.end()) {
            absent.push_back(entry);
            continue;
        }
        found->id = entry.id;
        found->name = entry.name;
        found->email = entry.email;
    }
    students.insert(students.end(), absent.begin(), absent.end());
}
