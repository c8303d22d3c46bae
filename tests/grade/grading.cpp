#include "tests/grade/grading.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <fstream>
#include <stdexcept>
#include <thread>

#include "common/output_file.hpp"
#include "common/programs/process.hpp"
#include "common/timer.hpp"

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// A word as CMake's language reads it, whatever is in it.
std::string quoted(const std::string& word) {
    return fmt::format("[==[{}]==]", word);
}

/// The tests of one submission, in the language of a CTestTestfile.cmake.
class TestFile {
 public:
    TestFile(const Kit& kit, fs::path work, fs::path exercises)
        : kit_(kit), work_(std::move(work)), exercises_(std::move(exercises)) {}

    void add_lesson(const std::string& lesson) {
        compile(lesson, "release", kit_.release);
        if (kit_.no_detector.empty()) compile(lesson, "races", kit_.races);
        run(lesson, "correct", "release", 10, {}, {});
        run(lesson, "parallel", "release", 10, {}, {});
        run(lesson, "race_free", "races", 40, {"parallel"}, {});
        run(lesson, "fast", "release", 20, {"correct", "parallel"},
            fmt::format(" RUN_SERIAL TRUE PROCESSORS {}",
                        std::thread::hardware_concurrency()));
    }

    [[nodiscard]] const std::string& text() const { return text_; }

 private:
    [[nodiscard]] fs::path program(const std::string& lesson,
                                   const std::string& kind) const {
        return work_ / (lesson + "." + kind) / lesson;
    }

    void add(const std::string& name, const Words& command,
             const std::string& properties) {
        std::string words;
        for (const std::string& word : command) {
            words += fmt::format(" {}", quoted(word));
        }
        text_ += fmt::format(
            "add_test({}{})\n"
            "set_tests_properties({} PROPERTIES SKIP_RETURN_CODE 77 {})\n",
            quoted(name), words, quoted(name), properties);
    }

    [[nodiscard]] Words examine(const std::string& what,
                                const std::string& lesson,
                                const fs::path& folder,
                                const std::string& verdict,
                                double seconds) const {
        return {kit_.examine, what,
                "--folder",   folder,
                "--exercise", exercises_ / lesson / "exercise.cpp",
                "--verdict",  work_ / (verdict + ".json"),
                "--seconds",  fmt::format("{}", seconds)};
    }

    void compile(const std::string& lesson, const std::string& kind,
                 const Recipe& recipe) {
        constexpr double seconds = 90;
        const std::string name = lesson + ".compile_" + kind;
        const fs::path made = program(lesson, kind);
        Words command =
            examine("compile", lesson, made.parent_path(), name, seconds);
        command.insert(command.end(), {"--", recipe.compiler});
        command.insert(command.end(), recipe.flags.begin(), recipe.flags.end());
        command.insert(
            command.end(),
            {"-I" + kit_.include.string(),
             "-I" + (kit_.include / "lessons" / lesson).string(),
             exercises_ / lesson / "exercise.cpp", "-Wl,--whole-archive",
             recipe.tests / fmt::format("lib{}_exercise.a", lesson),
             "-Wl,--no-whole-archive"});
        const fs::path parts =
            recipe.tests / fmt::format("lib{}_parts.a", lesson);
        if (fs::exists(parts)) command.push_back(parts);
        command.insert(command.end(), recipe.libraries.begin(),
                       recipe.libraries.end());
        command.insert(command.end(), {"-o", made});
        add(name, command,
            fmt::format("LABELS \"exercise;{};compile\" TIMEOUT {} "
                        "FIXTURES_SETUP {}_{}",
                        lesson.substr(0, 2), seconds + 30, lesson, kind));
    }

    /// `after` names the criteria without which this one means nothing.
    void run(const std::string& lesson, const std::string& criterion,
             const std::string& kind, double seconds, const Words& after,
             const std::string& properties) {
        const std::string name = lesson + "." + criterion;
        Words command = examine(criterion, lesson, work_ / name, name, seconds);
        std::string needs = lesson + "_" + kind;
        if (kind == "races") {
            command.emplace_back("--race-detector");
            if (!kit_.no_detector.empty()) {
                command.insert(command.end(), {"--skip", kit_.no_detector});
                needs = lesson + "_release";
            }
        }
        command.insert(command.end(), {"--", program(lesson, kind)});
        for (const std::string& name_of_other : after) {
            needs += ";" + lesson + "_" + name_of_other;
        }
        add(name, command,
            fmt::format("LABELS \"exercise;{};{}\" TIMEOUT {} FIXTURES_SETUP "
                        "{}_{} FIXTURES_REQUIRED \"{}\"{}",
                        lesson.substr(0, 2), criterion, seconds + 30, lesson,
                        criterion, needs, properties));
    }

    const Kit& kit_;
    fs::path work_;
    fs::path exercises_;
    std::string text_;
};

/// Why a criterion was not tested, when another one had failed before it.
Verdict verdict_of_untested(const std::string& lesson,
                            const std::string& criterion,
                            const fs::path& work) {
    const auto why_not_compiled = [&](const std::string& kind) {
        const auto verdict = read_verdict(
            work / fmt::format("{}.compile_{}.json", lesson, kind));
        const bool failed = verdict && verdict->status == Status::failed;
        return failed ? verdict->why : std::string();
    };
    const std::string why = why_not_compiled("release");
    if (!why.empty()) {
        // The compiler's message once, with the first criterion.
        const bool first = criterion == criteria.front();
        return {.why = first ? why : "it does not compile"};
    }
    if (criterion == "race_free") {
        const std::string races_why = why_not_compiled("races");
        if (!races_why.empty()) return {.why = "by clang++: " + races_why};
    }
    if (criterion == "race_free") {
        return {.why =
                    "not tested, since `parallel` has failed: threads that "
                    "do not work together cannot race"};
    }
    if (criterion == "fast") {
        return {.why = "not tested, since `correct` or `parallel` has failed"};
    }
    throw std::runtime_error(fmt::format(
        "{}.{} was not examined: the grader's own error", lesson, criterion));
}

double sum(const std::vector<Mark>& marks, bool skipped,
           double (*value)(const Mark&)) {
    double total = 0.0;
    for (const Mark& mark : marks) {
        if ((mark.verdict.status == Status::skipped) == skipped) {
            total += value(mark);
        }
    }
    return total;
}

}  // namespace

double Grade::points() const {
    return sum(marks, false, [](const Mark& mark) { return mark.points; });
}
double Grade::maximum() const {
    return sum(marks, false, [](const Mark& mark) { return mark.of.maximum; });
}
double Grade::not_judged() const {
    return sum(marks, true, [](const Mark& mark) { return mark.of.maximum; });
}

Grade grade_submission(const Kit& kit, const Submission& submission,
                       const fs::path& work, const std::atomic<bool>& stop) {
    const Timer timer;
    TestFile tests(kit, work, work / "exercises");
    for (const std::string& lesson : kit.lessons) {
        if (submission.exercises.contains(lesson)) tests.add_lesson(lesson);
    }
    std::ofstream(work / "CTestTestfile.cmake") << tests.text();

    // Should ctest be ended, its steps come to us; they end by themselves.
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const Outcome outcome = run_process(
        {.program = "ctest",
         .arguments = {"--test-dir", work, "--output-junit", work / "junit.xml",
                       "--parallel",
                       std::to_string(std::thread::hardware_concurrency())},
         .stop = &stop});
    if (outcome.stopped) {
        while (waitpid(-1, nullptr, 0) > 0) {
        }
        throw std::runtime_error("stopped");
    }

    Grade grade;
    grade.digest = submission.digest;
    for (const Points& of : kit.points) {
        Mark mark = {.of = of, .verdict = {}, .points = 0.0};
        const auto missing = submission.missing.find(of.lesson);
        const auto verdict =
            read_verdict(work / (of.lesson + "." + of.criterion + ".json"));
        if (missing != submission.missing.end()) {
            mark.verdict.why = missing->second;
        } else if (verdict) {
            mark.verdict = *verdict;
        } else {
            mark.verdict = verdict_of_untested(of.lesson, of.criterion, work);
        }
        mark.points = mark.verdict.share * of.maximum;
        grade.marks.push_back(mark);
    }
    grade.seconds = timer.seconds();
    return grade;
}
