#include "tests/grade/json_files.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "common/output_file.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json read_json(const fs::path& file) {
    std::ifstream in(file);
    if (!in) {
        throw std::runtime_error(
            fmt::format("{}: cannot be read", file.string()));
    }
    try {
        return Json::parse(in, nullptr, true, true);  // with comments
    } catch (const Json::exception& error) {
        throw std::invalid_argument(
            fmt::format("{}: {}", file.string(), error.what()));
    }
}

}  // namespace

std::vector<Points> read_points(const fs::path& file,
                                const std::vector<std::string>& lessons) {
    const Json json = read_json(file);
    const auto wrong = [&file](const std::string& what) {
        return std::invalid_argument(
            fmt::format("{}: {}", file.string(), what));
    };
    for (const auto& [lesson, entry] : json.items()) {
        const bool known =
            lesson == "default" ||
            std::find(lessons.begin(), lessons.end(), lesson) != lessons.end();
        if (!known) throw wrong(fmt::format("no lesson '{}'", lesson));
        for (const auto& [criterion, points] : entry.items()) {
            if (std::find(criteria.begin(), criteria.end(), criterion) ==
                criteria.end()) {
                throw wrong(fmt::format("no criterion '{}'", criterion));
            }
            if (!points.is_number() || points.get<double>() < 0.0) {
                throw wrong(fmt::format("{} of {} is no number of points",
                                        criterion, lesson));
            }
        }
    }
    if (!json.contains("default")) throw wrong("'default' is missing");
    std::vector<Points> points;
    for (const std::string& lesson : lessons) {
        for (const char* criterion : criteria) {
            const Json own = json.value(lesson, Json::object());
            const double general = json.at("default").value(criterion, 0.0);
            points.push_back({.lesson = lesson,
                              .criterion = criterion,
                              .maximum = own.value(criterion, general)});
        }
    }
    return points;
}

void write_verdict(const Verdict& verdict, const fs::path& file) {
    constexpr std::array<const char*, 3> names = {"passed", "failed",
                                                  "skipped"};
    OutputFile out(file);
    const Json json = {
        {"status", names.at(static_cast<std::size_t>(verdict.status))},
        {"why", verdict.why},
        {"share", verdict.share},
        {"threads", verdict.threads},
        {"timed_out", verdict.timed_out}};
    // What a student's program printed may be no valid UTF-8.
    out.write(json.dump(2, ' ', false, Json::error_handler_t::replace));
    out.commit();
}

std::optional<Verdict> read_verdict(const fs::path& file) {
    std::ifstream in(file);
    const Json json = Json::parse(in, nullptr, false);
    if (json.is_discarded()) return {};
    const std::string status = json.at("status");
    return Verdict{.status = status == "passed"   ? Status::passed
                             : status == "failed" ? Status::failed
                                                  : Status::skipped,
                   .why = json.at("why"),
                   .share = json.at("share"),
                   .threads = json.at("threads"),
                   .timed_out = json.at("timed_out")};
}

std::string gradescope_json(const Grade& grade) {
    Json tests = Json::array();
    for (const Mark& mark : grade.marks) {
        const bool skipped = mark.verdict.status == Status::skipped;
        std::string output = mark.why();
        if (output.empty()) output = "passed";
        tests.push_back(
            {{"score", mark.points},
             {"max_score", skipped ? 0.0 : mark.of.maximum},
             {"status",
              mark.verdict.status == Status::failed ? "failed" : "passed"},
             {"name", mark.of.lesson + " " + mark.of.criterion},
             {"number", mark.of.lesson.substr(0, 2) + "." + mark.of.criterion},
             {"output", output},
             {"tags",
              {mark.of.lesson, mark.of.criterion,
               skipped ? "not judged" : "judged"}},
             {"visibility", "visible"},
             {"extra_data",
              {{"maximum", mark.of.maximum},
               {"share", mark.verdict.share},
               {"why", mark.verdict.why},
               {"tested", mark.tested}}}});
    }
    Json handed = Json::object();
    for (const auto& [lesson, file] : grade.handed) {
        handed[lesson] = {{"digest", file.digest},
                          {"code", file.code},
                          {"found", file.found}};
    }
    const Json json = {{"score", grade.points()},
                       {"max_score", grade.maximum()},
                       {"execution_time", grade.seconds},
                       {"output", grade.head() + grade.total()},
                       {"visibility", "visible"},
                       {"tests", tests},
                       {"extra_data",
                        {{"handed", handed},
                         {"remarks", grade.remarks},
                         {"no_sandbox", grade.no_sandbox}}}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Grade read_grade(const fs::path& file) {
    std::ifstream in(file);
    const Json json = Json::parse(in, nullptr, false);
    Grade grade;
    if (json.is_discarded()) return grade;
    try {
        const Json& extra = json.at("extra_data");
        for (const auto& [lesson, handed] : extra.at("handed").items()) {
            grade.handed[lesson] = {.digest = handed.at("digest"),
                                    .code = handed.at("code"),
                                    .found = handed.at("found")};
        }
        grade.remarks = extra.at("remarks");
        grade.no_sandbox = extra.at("no_sandbox");
        grade.seconds = json.at("execution_time");
        for (const Json& test : json.at("tests")) {
            const Json& more = test.at("extra_data");
            Mark mark = {
                .of = {.lesson = test.at("tags").at(0),
                       .criterion = test.at("tags").at(1),
                       .maximum = more.at("maximum")},
                .verdict = {.why = more.at("why"), .share = more.at("share")},
                .points = test.at("score"),
                .tested = more.at("tested")};
            mark.verdict.status =
                test.at("tags").at(2) == "not judged" ? Status::skipped
                : test.at("status") == "failed"       ? Status::failed
                                                      : Status::passed;
            grade.marks.push_back(mark);
        }
    } catch (const Json::exception&) {
        return {};
    }
    return grade;
}
