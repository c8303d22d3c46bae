#include "tests/grade/reports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "common/terminal.hpp"
#include "tests/grade/threads.hpp"

namespace {

enum class Ink { plain, green, red, yellow };

std::string painted(const std::string& text, Ink ink, const Style& style) {
    if (!style.colour || ink == Ink::plain) return text;
    const int code = ink == Ink::green ? 32 : ink == Ink::red ? 31 : 33;
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

Ink ink_of(const Mark& mark) {
    if (mark.verdict.status == Status::skipped) return Ink::yellow;
    if (mark.points >= mark.of.maximum) return Ink::green;
    return mark.points > 0.0 ? Ink::yellow : Ink::red;
}

/// "3", "0.5", or "-" where it was not judged.
std::string points_text(const Mark& mark) {
    if (mark.verdict.status == Status::skipped) return "-";
    return fmt::format("{:g}", mark.points);
}

/// Every line but the first moved to the right.
std::string indented(const std::string& text, std::size_t columns) {
    std::string result;
    for (const char c : text) {
        result += c;
        if (c == '\n') result.append(columns, ' ');
    }
    while (!result.empty() && (result.back() == ' ' || result.back() == '\n')) {
        result.pop_back();
    }
    return result;
}

bool is_lost(const Mark& mark) {
    return mark.verdict.status != Status::skipped &&
           mark.points < mark.of.maximum;
}

/// The command that shows again why points were lost.
std::string command_for(const Mark& mark) {
    const std::string program = "build/check/" + mark.of.lesson;
    const std::string filter =
        fmt::format(" --gtest_filter='{}.*'", suite_of(mark.of.criterion));
    if (mark.of.criterion == "race_free") {
        return "TSAN_OPTIONS=ignore_noninstrumented_modules=1 " + program +
               "_races" + filter;
    }
    return program + filter;
}

/// The mark to mend first: a data race, which may spoil all others, else the
/// first one that is lost; none: nothing that was tested is lost.
const Mark* first_to_mend(const Grade& grade) {
    const Mark* first = nullptr;
    for (const Mark& mark : grade.marks) {
        if (!is_lost(mark) || !mark.tested) continue;
        if (first == nullptr || is_race(mark.verdict)) first = &mark;
    }
    return first;
}

/// "hint 2 of "Make" in lessons/05_grey/README.md"
std::string hint_for(const Mark& mark) {
    const int number = mark.of.criterion == "correct"    ? 1
                       : mark.of.criterion == "parallel" ? 2
                                                         : 3;
    return fmt::format("hint {} of \"Make\" in lessons/{}/README.md", number,
                       mark.of.lesson);
}

std::vector<std::string> lessons_of(const Grade& grade) {
    std::vector<std::string> lessons;
    for (const Mark& mark : grade.marks) {
        if (lessons.empty() || lessons.back() != mark.of.lesson) {
            lessons.push_back(mark.of.lesson);
        }
    }
    return lessons;
}

Grade only(const Grade& grade, const std::string& lesson) {
    Grade part = grade;
    std::erase_if(part.marks, [&lesson](const Mark& mark) {
        return mark.of.lesson != lesson;
    });
    return part;
}

}  // namespace

std::string exercise_text(const Grade& grade, const std::string& lesson,
                          const Style& style) {
    constexpr std::size_t why_column = 24;
    const Grade part = only(grade, lesson);
    std::string text =
        fmt::format("{}{}: {}\n", grade.head(), lesson, part.total());
    for (const Mark& mark : part.marks) {
        const std::string points =
            fmt::format("{:>3} of {:g}", points_text(mark), mark.of.maximum);
        text += fmt::format(
            "  {:<11}{}{}", mark.of.criterion,
            painted(fmt::format("{:<11}", points), ink_of(mark), style),
            indented(mark.why(), why_column));
        while (text.back() == ' ') text.pop_back();
        text += '\n';
    }
    for (const Mark& mark : part.marks) {
        text += threads_text(mark.verdict.threads);
    }
    if (!style.picture.empty()) {
        text += fmt::format(
            "The same as a picture, each thread in its colour: {}\n",
            style.picture);
    }
    if (std::none_of(part.marks.begin(), part.marks.end(), is_lost)) {
        return text;
    }
    const Mark* const first = first_to_mend(part);
    if (first == nullptr) return text + "Not finished yet: see above\n";
    if (style.for_student) {
        text += fmt::format("To see it again:  {}\n", command_for(*first));
    }
    return text + fmt::format("Not finished yet: next, {}\n", hint_for(*first));
}

std::string grade_text(const Grade& grade, const Style& style) {
    std::string text = grade.head() + fmt::format("{:<18}", "exercise");
    for (const char* criterion : criteria) {
        text += fmt::format("{:>11}", criterion);
    }
    text += fmt::format("{:>14}\n", "points");
    for (const std::string& lesson : lessons_of(grade)) {
        const Grade part = only(grade, lesson);
        text += fmt::format("{:<18}", lesson);
        for (const char* criterion : criteria) {
            const auto mark = std::find_if(
                part.marks.begin(), part.marks.end(),
                [&](const Mark& one) { return one.of.criterion == criterion; });
            text += mark == part.marks.end()
                        ? fmt::format("{:>11}", "")
                        : painted(fmt::format("{:>11}", points_text(*mark)),
                                  ink_of(*mark), style);
        }
        text += fmt::format(
            "{:>14}\n",
            fmt::format("{:g} / {:g}", part.points(), part.maximum()));
    }
    text += fmt::format("{}\n", grade.total());

    std::string lost;
    std::set<std::string> skipped;
    for (const std::string& lesson : lessons_of(grade)) {
        const Grade part = only(grade, lesson);
        for (const Mark& mark : part.marks) {
            if (mark.verdict.status == Status::skipped) {
                skipped.insert(
                    fmt::format("{}: {}", mark.of.criterion, mark.verdict.why));
            } else if (is_lost(mark)) {
                lost += fmt::format("  {}.{}: {}\n", lesson.substr(0, 2),
                                    mark.of.criterion,
                                    indented(mark.verdict.why, 4));
            }
        }
        const Mark* const first = first_to_mend(part);
        if (first == nullptr) continue;
        lost += fmt::format("    To see it again: make check-{}. Stuck? {}\n",
                            lesson.substr(0, 2), hint_for(*first));
    }
    if (!lost.empty()) text += "\nPoints lost, and why:\n" + lost;
    if (!skipped.empty()) text += "\nNot judged (-):\n";
    for (const std::string& why : skipped) text += "  " + why + "\n";
    text += "\nHanded in:\n";
    for (const auto& [lesson, handed] : grade.handed) {
        text += fmt::format("  {}: {}\n", lesson,
                            handed.found.empty() ? "nothing that can be graded"
                                                 : shown(handed.found));
    }
    for (const std::string& line : grade.remarks) {
        text += "  " + shown(line) + "\n";
    }
    return text;
}

namespace {

using Test = std::pair<std::string, std::string>;  // lesson, criterion

/// What counts for a class.
class Counted {
 public:
    explicit Counted(const std::vector<Row>& rows) {
        for (const Row& row : rows) {
            for (const Mark& mark : row.grade.marks) {
                const Test test = {mark.of.lesson, mark.of.criterion};
                if (!maxima.contains(test)) order.push_back(test);
                maxima[test] = mark.of.maximum;
                if (mark.verdict.status == Status::skipped) {
                    reasons[test].insert(mark.verdict.why);
                    ++missing[test];
                }
            }
        }
        std::stable_sort(
            order.begin(), order.end(),
            [](const Test& a, const Test& b) { return a.first < b.first; });
        for (const Test& test : order) {
            if (lessons.empty() || lessons.back() != test.first) {
                lessons.push_back(test.first);
            }
        }
    }

    /// The most that a lesson can give; all lessons for "".
    [[nodiscard]] double maximum(const std::string& lesson) const {
        double sum = 0.0;
        for (const auto& [test, points] : maxima) {
            const bool is_of = lesson.empty() || test.first == lesson;
            if (is_of && !missing.contains(test)) sum += points;
        }
        return sum;
    }

    /// What a student has of it.
    [[nodiscard]] double points(const Row& row,
                                const std::string& lesson) const {
        double sum = 0.0;
        for (const Mark& mark : row.grade.marks) {
            const bool is_of = lesson.empty() || mark.of.lesson == lesson;
            if (is_of && !missing.contains({mark.of.lesson, mark.of.criterion}))
                sum += mark.points;
        }
        return sum;
    }

    std::vector<Test> order;
    std::vector<std::string> lessons;
    std::map<Test, double> maxima;
    std::map<Test, int> missing;  ///< for how many it was not judged
    std::map<Test, std::set<std::string>> reasons;
};

/// A field of CSV, harmless in a terminal and in a spreadsheet.
std::string field(const std::string& name) {
    const std::string text = no_formula(shown(name));
    if (text.find_first_of(",;\"") == std::string::npos) return text;
    std::string result = "\"";
    for (const char c : text) {
        result += c;
        if (c == '"') result += c;
    }
    return result + "\"";
}

std::string remark(const Row& row, const Counted& counted) {
    if (!row.trouble.empty()) return "could not be graded: " + row.trouble;
    if (row.student.submission.empty()) return "nothing was handed in";
    std::vector<std::string> missing;
    for (const auto& [lesson, handed] : row.grade.handed) {
        if (handed.found.empty()) missing.push_back(lesson);
    }
    std::vector<std::string> remarks;
    if (!missing.empty()) {
        remarks.push_back(
            fmt::format("no file for {}", fmt::join(missing, " ")));
    }
    for (const std::string& lesson : counted.lessons) {
        if (!row.grade.handed.contains(lesson)) {
            remarks.push_back(lesson + " was not graded");
        }
    }
    return fmt::format("{}", fmt::join(remarks, "; "));
}

}  // namespace

std::string class_csv(const std::vector<Row>& rows) {
    const Counted counted(rows);
    std::string csv = "\xEF\xBB\xBFstudent,id,e-mail,points,maximum,remark";
    for (const std::string& lesson : counted.lessons) {
        csv += fmt::format(",{0},{0} maximum", lesson);
    }
    for (const auto& [lesson, criterion] : counted.order) {
        csv += fmt::format(",{}.{}", lesson.substr(0, 2), criterion);
    }
    csv += '\n';
    for (const Row& row : rows) {
        csv += fmt::format("{},{},{},{:g},{:g},{}", field(row.student.name),
                           field(row.student.id), field(row.student.email),
                           counted.points(row, ""), counted.maximum(""),
                           field(remark(row, counted)));
        for (const std::string& lesson : counted.lessons) {
            csv += fmt::format(",{:g},{:g}", counted.points(row, lesson),
                               counted.maximum(lesson));
        }
        std::map<Test, std::string> marks;
        for (const Mark& mark : row.grade.marks) {
            if (mark.verdict.status == Status::skipped) continue;
            marks[{mark.of.lesson, mark.of.criterion}] =
                fmt::format("{:g}", mark.points);
        }
        for (const Test& test : counted.order) csv += "," + marks[test];
        csv += '\n';
    }
    return csv;
}

std::string moodle_csv(const std::vector<Row>& rows) {
    const Counted counted(rows);
    std::string csv = "ID number,Email address,Full name";
    for (const std::string& lesson : counted.lessons) csv += "," + lesson;
    csv += ",Total\n";
    for (const Row& row : rows) {
        csv += fmt::format("{},{},{}", field(row.student.id),
                           field(row.student.email), field(row.student.name));
        for (const std::string& lesson : counted.lessons) {
            csv += fmt::format(",{:g}", counted.points(row, lesson));
        }
        csv += fmt::format(",{:g}\n", counted.points(row, ""));
    }
    return csv;
}

std::string canvas_csv(const std::vector<Row>& rows) {
    const Counted counted(rows);
    std::string csv = "Student,ID,SIS User ID,SIS Login ID,Section";
    std::string possible = "    Points Possible,,,,";
    for (const std::string& lesson : counted.lessons) {
        csv += "," + lesson;
        possible += fmt::format(",{:g}", counted.maximum(lesson));
    }
    csv += "\n" + possible + "\n";
    for (const Row& row : rows) {
        csv += fmt::format("{},{},{},{},", field(row.student.name),
                           field(row.student.number), field(row.student.id),
                           field(row.student.email));
        for (const std::string& lesson : counted.lessons) {
            csv += fmt::format(",{:g}", counted.points(row, lesson));
        }
        csv += '\n';
    }
    return csv;
}

std::string not_counted(const std::vector<Row>& rows) {
    const Counted counted(rows);
    std::string text;
    for (const auto& [test, count] : counted.missing) {
        text += fmt::format(
            "{} of {} counts for nobody: it could not be judged for {} of {} "
            "students ({})\n",
            test.second, test.first, count, rows.size(),
            *counted.reasons.at(test).begin());
    }
    return text;
}

std::string alike(const std::vector<Row>& rows,
                  const std::map<std::string, std::string>& starters) {
    // By lesson and code: the students, by file.
    std::map<Test, std::map<std::string, std::vector<std::string>>> groups;
    for (const Row& row : rows) {
        for (const auto& [lesson, handed] : row.grade.handed) {
            const auto starter = starters.find(lesson);
            const bool is_starter =
                starter != starters.end() && starter->second == handed.code;
            if (handed.code.empty() || is_starter) continue;
            groups[{lesson, handed.code}][handed.digest].push_back(
                shown(row.student.name));
        }
    }
    std::string text;
    for (const auto& [code, files] : groups) {
        std::vector<std::string> all;
        for (const auto& [digest, students] : files) {
            if (students.size() > 1) {
                text += fmt::format("{}: the same file: {}\n", code.first,
                                    fmt::join(students, ", "));
            }
            all.insert(all.end(), students.begin(), students.end());
        }
        if (files.size() > 1) {
            text +=
                fmt::format("{}: the same but for comments and spaces: {}\n",
                            code.first, fmt::join(all, ", "));
        }
    }
    return text;
}
