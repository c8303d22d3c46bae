#include "tests/grade/reports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace {

using Json = nlohmann::ordered_json;

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

std::string why_text(const Mark& mark) {
    if (mark.verdict.status == Status::skipped) {
        return "not judged: " + mark.verdict.why;
    }
    return mark.verdict.why;
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

std::string total_text(const Grade& grade) {
    std::string text =
        fmt::format("{:g} of {:g} points", grade.points(), grade.maximum());
    if (grade.not_judged() > 0.0) {
        text += fmt::format(" ({:g} more could not be judged here)",
                            grade.not_judged());
    }
    return text;
}

std::string number_of(const std::string& lesson) { return lesson.substr(0, 2); }

}  // namespace

std::string exercise_text(const Grade& grade, const std::string& lesson,
                          const Style& style) {
    constexpr std::size_t why_column = 24;
    const Grade part = only(grade, lesson);
    std::string text = fmt::format("{}: {}\n", lesson, total_text(part));
    const Mark* first_lost = nullptr;
    for (const Mark& mark : part.marks) {
        const std::string points =
            fmt::format("{:>3} of {:g}", points_text(mark), mark.of.maximum);
        text += fmt::format(
            "  {:<11}{}{}", mark.of.criterion,
            painted(fmt::format("{:<11}", points), ink_of(mark), style),
            indented(why_text(mark), why_column));
        while (text.back() == ' ') text.pop_back();
        text += '\n';
        if (first_lost == nullptr && is_lost(mark)) first_lost = &mark;
    }
    if (first_lost == nullptr || !style.for_student) return text;
    const bool compiled =
        first_lost->verdict.why.find("does not compile") == std::string::npos;
    if (compiled) {
        text += fmt::format("To see it again:  {}\n", command_for(*first_lost));
        text += fmt::format(
            "Stuck?            hint {} of \"Make\" in lessons/{}/README.md\n",
            hint_for(first_lost->of.criterion), lesson);
    }
    return text;
}

std::string grade_text(const Grade& grade, const Style& style) {
    std::string text = fmt::format("{:<18}", "exercise");
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
    text += fmt::format("{}\n", total_text(grade));

    std::string lost;
    std::set<std::string> skipped;
    for (const Mark& mark : grade.marks) {
        if (mark.verdict.status == Status::skipped) {
            skipped.insert(
                fmt::format("{}: {}", mark.of.criterion, mark.verdict.why));
        } else if (is_lost(mark)) {
            lost +=
                fmt::format("  {}.{}: {}\n", number_of(mark.of.lesson),
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

std::string gradescope_json(const Grade& grade) {
    Json tests = Json::array();
    for (const Mark& mark : grade.marks) {
        const bool skipped = mark.verdict.status == Status::skipped;
        std::string output = why_text(mark);
        if (output.empty()) output = "passed";
        tests.push_back(
            {{"score", mark.points},
             {"max_score", skipped ? 0.0 : mark.of.maximum},
             {"status",
              mark.verdict.status == Status::failed ? "failed" : "passed"},
             {"name", mark.of.lesson + " " + mark.of.criterion},
             {"number", number_of(mark.of.lesson) + "." + mark.of.criterion},
             {"output", output},
             {"tags",
              {mark.of.lesson, mark.of.criterion,
               skipped ? "not judged" : "judged"}},
             {"visibility", "visible"}});
    }
    std::vector<Points> points;
    for (const Mark& mark : grade.marks) points.push_back(mark.of);
    const Json json = {{"score", grade.points()},
                       {"max_score", grade.maximum()},
                       {"execution_time", grade.seconds},
                       {"output", total_text(grade)},
                       {"visibility", "visible"},
                       {"tests", tests},
                       {"extra_data",
                        {{"submission", grade.digest},
                         {"points", digest_of(points)},
                         {"not_judged", grade.not_judged()}}}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string digest_of(const std::vector<Points>& points) {
    std::string all;
    for (const Points& of : points) {
        all += fmt::format("{}.{}={};", of.lesson, of.criterion, of.maximum);
    }
    return fmt::format("{:016x}", std::hash<std::string>{}(all));
}

Row read_results(const std::string& student,
                 const std::filesystem::path& file) {
    Row row;
    row.student = student;
    std::ifstream in(file);
    const Json json = Json::parse(in, nullptr, false);
    if (json.is_discarded()) return row;
    try {
        row.points = json.at("score");
        row.maximum = json.at("max_score");
        row.not_judged = json.at("extra_data").at("not_judged");
        for (const Json& test : json.at("tests")) {
            const bool skipped = test.at("tags").at(2) == "not judged";
            row.marks.emplace_back(
                test.at("number"),
                skipped ? ""
                        : fmt::format("{:g}", test.at("score").get<double>()));
        }
        row.points_digest = json.at("extra_data").at("points");
        row.digest = json.at("extra_data").at("submission");
    } catch (const Json::exception&) {
        row.digest.clear();
    }
    return row;
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
