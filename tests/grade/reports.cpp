#include "tests/grade/reports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

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

int hint_for(const std::string& criterion) {
    if (criterion == "correct") return 1;
    return criterion == "parallel" ? 2 : 3;
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
    const Mark* first_lost = nullptr;
    for (const Mark& mark : part.marks) {
        const std::string points =
            fmt::format("{:>3} of {:g}", points_text(mark), mark.of.maximum);
        text += fmt::format(
            "  {:<11}{}{}", mark.of.criterion,
            painted(fmt::format("{:<11}", points), ink_of(mark), style),
            indented(mark.why(), why_column));
        while (text.back() == ' ') text.pop_back();
        text += '\n';
        if (first_lost == nullptr && is_lost(mark)) first_lost = &mark;
    }
    if (first_lost == nullptr) return text;
    if (!first_lost->tested) return text + "Not finished yet: see above\n";
    if (style.for_student) {
        text += fmt::format("To see it again:  {}\n", command_for(*first_lost));
    }
    return text + fmt::format(
                      "Not finished yet: next, hint {} of \"Make\" in "
                      "lessons/{}/README.md\n",
                      hint_for(first_lost->of.criterion), lesson);
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
        for (const Mark& mark : part.marks) {
            text += painted(fmt::format("{:>11}", points_text(mark)),
                            ink_of(mark), style);
        }
        text += fmt::format(
            "{:>14}\n",
            fmt::format("{:g} / {:g}", part.points(), part.maximum()));
    }
    text += fmt::format("{}\n", grade.total());

    std::string lost;
    std::set<std::string> skipped;
    for (const Mark& mark : grade.marks) {
        if (mark.verdict.status == Status::skipped) {
            skipped.insert(fmt::format("{}: {}", mark.of.criterion,
                                       indented(mark.verdict.why, 4)));
        } else if (is_lost(mark)) {
            lost +=
                fmt::format("  {}.{}: {}\n", mark.of.lesson.substr(0, 2),
                            mark.of.criterion, indented(mark.verdict.why, 4));
        }
    }
    if (!lost.empty()) {
        text +=
            "\nPoints lost, and why (`make check-NN` shows one exercise "
            "again):\n" +
            lost;
    }
    if (!skipped.empty()) text += "\nNot judged (-):\n";
    for (const std::string& why : skipped) text += "  " + why + "\n";
    return text;
}

std::string class_csv(const std::vector<Row>& rows) {
    const auto quoted = [](const std::string& text) {
        if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
        std::string result = "\"";
        for (const char c : text) {
            result += c;
            if (c == '"') result += c;
        }
        return result + "\"";
    };
    std::string csv = "student,points,maximum,not_judged";
    if (!rows.empty()) {
        for (const auto& [test, points] : rows.front().marks) csv += "," + test;
    }
    csv += '\n';
    for (const Row& row : rows) {
        csv += fmt::format("{},{:g},{:g},{:g}", quoted(row.student), row.points,
                           row.maximum, row.not_judged);
        for (const auto& [test, points] : row.marks) csv += "," + points;
        csv += '\n';
    }
    return csv;
}
