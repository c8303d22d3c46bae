#include "tests/grade/grading.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <thread>

#include "common/programs/process.hpp"
#include "common/timer.hpp"
#include "tests/grade/json_files.hpp"

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
    TestFile(const Kit& kit, fs::path work)
        : kit_(kit), work_(std::move(work)) {}

    /// @param has whether a criterion is to be tested.
    void add_lesson(const std::string& lesson,
                    const std::function<bool(const std::string&)>& has) {
        if (has("correct") || has("parallel") || has("fast")) {
            compile(lesson, "release", kit_.release);
        }
        for (const char* criterion : {"correct", "parallel"}) {
            if (has(criterion)) {
                run(lesson, criterion, criterion, "release", 10, {}, {});
            }
        }
        if (kit_.no_detector.empty() && has("race_free")) {
            compile(lesson, "races", kit_.races);
            compile(lesson, "races_O0", kit_.races_O0);
            // In this order, but whatever `parallel` has shown.
            const std::string after =
                fmt::format(" DEPENDS {}", quoted(lesson + ".parallel"));
            run(lesson, "race_free", "race_free", "races", 40, {}, after);
            run(lesson, "race_free_O0", "race_free", "races_O0", 40, {}, after);
        }
        if (has("fast")) {
            run(lesson, "fast", "fast", "release", 20, {"correct", "parallel"},
                fmt::format(" RUN_SERIAL TRUE PROCESSORS {}",
                            std::thread::hardware_concurrency()));
        }
    }

    [[nodiscard]] const std::string& text() const { return text_; }

 private:
    [[nodiscard]] fs::path exercise(const std::string& lesson) const {
        return work_ / "exercises" / lesson / "exercise.cpp";
    }
    [[nodiscard]] fs::path program(const std::string& lesson,
                                   const std::string& kind) const {
        return work_ / (lesson + "." + kind) / lesson;
    }

    /// A test that takes a step: see grade_step.cpp.
    void add(const std::string& lesson, const std::string& step,
             const std::string& what, const fs::path& folder, int seconds,
             const Words& command, const std::string& properties) {
        constexpr int patience = 4;  // see Command::patient
        constexpr int to_end_it = 30;
        const std::string name = quoted(lesson + "." + step);
        Words words = {kit_.grade_step,
                       what,
                       exercise(lesson),
                       folder,
                       work_ / fmt::format("{}.{}.json", lesson, step),
                       std::to_string(seconds),
                       kit_.sandbox()};
        words.insert(words.end(), command.begin(), command.end());
        text_ += fmt::format("add_test({}", name);
        for (const std::string& word : words) text_ += " " + quoted(word);
        text_ += fmt::format(
            ")\nset_tests_properties({} PROPERTIES LABELS \"exercise;{};{}\" "
            "SKIP_RETURN_CODE 77 TIMEOUT {} {})\n",
            name, lesson.substr(0, 2), what, patience * seconds + to_end_it,
            properties);
    }

    void compile(const std::string& lesson, const std::string& kind,
                 const Recipe& recipe) {
        constexpr int seconds = 90;
        const fs::path made = program(lesson, kind);
        Words words;
        for (const Words& command :
             recipe.commands(lesson, exercise(lesson), made)) {
            if (!words.empty()) words.emplace_back("--");
            words.insert(words.end(), command.begin(), command.end());
        }
        add(lesson, "compile_" + kind, "compile", made.parent_path(), seconds,
            words, fmt::format("FIXTURES_SETUP {}_{}", lesson, kind));
    }

    /// `after` names the criteria without which this one means nothing.
    void run(const std::string& lesson, const std::string& step,
             const std::string& criterion, const std::string& kind, int seconds,
             const Words& after, const std::string& properties) {
        std::string needs = lesson + "_" + kind;
        for (const std::string& other : after) {
            needs += ";" + lesson + "_" + other;
        }
        Words words = {program(lesson, kind)};
        for (const std::string& test : kit_.tests.at(lesson)) {
            if (test.starts_with(suite_of(criterion) + ".")) {
                words.push_back(test);
            }
        }
        add(lesson, step, criterion, work_ / (lesson + "." + step), seconds,
            words,
            fmt::format("FIXTURES_SETUP {}_{} FIXTURES_REQUIRED \"{}\"{}",
                        lesson, step, needs, properties));
    }

    const Kit& kit_;
    fs::path work_;
    std::string text_;
};

/// What compiling for `kind` ("release" or "races") has said, where it failed.
std::string why_not_compiled(const std::string& lesson, const std::string& kind,
                             const fs::path& work) {
    const auto verdict =
        read_verdict(work / fmt::format("{}.compile_{}.json", lesson, kind));
    if (!verdict || verdict->status == Status::passed) return {};
    if (verdict->status == Status::skipped) {  // not the student's fault
        throw std::runtime_error(verdict->why);
    }
    return verdict->why;
}

/// The verdict on a criterion that was not tested.
Verdict verdict_of_untested(const Kit& kit, const std::string& lesson,
                            const std::string& criterion,
                            const fs::path& work) {
    const std::string why = why_not_compiled(lesson, "release", work);
    if (!why.empty()) {
        // The compiler's message once, with the first criterion.
        const bool first = criterion == criteria.front();
        return {.why = first ? why : why.substr(0, why.find_first_of(":\n"))};
    }
    if (criterion == "race_free") {
        for (const char* kind : {"races", "races_O0"}) {
            const std::string races_why = why_not_compiled(lesson, kind, work);
            if (!races_why.empty()) return {.why = "by clang++: " + races_why};
        }
        if (!kit.no_detector.empty()) {
            return {.status = Status::skipped, .why = kit.no_detector};
        }
    }
    if (criterion == "fast") {
        return {.why = "not tested, since `correct` or `parallel` has failed"};
    }
    throw std::runtime_error(fmt::format(
        "{}.{} was not tested: the grader's own error", lesson, criterion));
}

/// The verdict on a criterion of a submission.
std::optional<Verdict> verdict_of(const std::string& lesson,
                                  const std::string& criterion,
                                  const fs::path& work) {
    const auto read = [&](const std::string& step) {
        return read_verdict(work / fmt::format("{}.{}.json", lesson, step));
    };
    auto verdict = read(criterion);
    if (criterion != "race_free" || (verdict && is_race(*verdict))) {
        return verdict;
    }
    // What is seen without optimisation counts as well.
    auto other = read("race_free_O0");
    if (other &&
        (is_race(*other) || !verdict || (verdict->status == Status::passed))) {
        return other;
    }
    return verdict;
}

/// Where a race was seen, it may well be why the result is wrong.
void tell_of_race(std::vector<Mark>& marks) {
    for (const Mark& race : marks) {
        if (race.of.criterion != "race_free" || !is_race(race.verdict))
            continue;
        for (Mark& mark : marks) {
            const bool is_wrong = mark.tested &&
                                  mark.verdict.status == Status::failed &&
                                  (mark.of.criterion == "correct" ||
                                   mark.of.criterion == "parallel");
            if (mark.of.lesson != race.of.lesson || !is_wrong) continue;
            mark.verdict.why +=
                "\n(perhaps because of the data race: see race_free)";
        }
    }
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

/// Whether the last marks, correct and parallel of a lesson, are full.
bool passed(const std::vector<Mark>& marks, const std::string& lesson) {
    return std::all_of(marks.begin(), marks.end(), [&](const Mark& mark) {
        const bool matters =
            mark.of.lesson == lesson &&
            (mark.of.criterion == "correct" || mark.of.criterion == "parallel");
        return !matters || mark.verdict.status == Status::passed;
    });
}

/// Whether an exercise is graded on a criterion.
bool counts(const Kit& kit, const std::string& lesson,
            const std::string& criterion) {
    return std::any_of(
        kit.points.begin(), kit.points.end(), [&](const Points& of) {
            return of.lesson == lesson && of.criterion == criterion;
        });
}

const Verdict measured_at_the_end = {
    .status = Status::skipped,
    .why = "the machine is busy with other students: measured at the end"};

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

std::string Mark::why() const {
    const bool skipped = verdict.status == Status::skipped;
    return skipped ? "not judged: " + verdict.why : verdict.why;
}

std::string Grade::head() const {
    if (no_sandbox.empty()) return {};
    return fmt::format(
        "Graded without a sandbox: {} (docs/grading.md says what that means)\n",
        no_sandbox);
}

std::string Grade::total() const {
    std::string text = fmt::format("{:g} of {:g} points", points(), maximum());
    if (not_judged() > 0.0) {
        text +=
            fmt::format(" ({:g} more could not be judged here)", not_judged());
    }
    return text;
}

std::string known_so_far(const Kit& kit, const std::string& lesson,
                         const fs::path& work) {
    constexpr std::array<const char*, 3> names = {"passed", "failed",
                                                  "not judged"};
    const auto read = [&](const std::string& step) {
        return read_verdict(work / fmt::format("{}.{}.json", lesson, step));
    };
    if (!read("compile_release")) return lesson + ": compiling";
    std::vector<std::string> known;
    std::vector<std::string> running;
    bool has_failed = false;
    for (const std::string criterion : criteria) {
        const bool is_never_run = criterion == "race_free"
                                      ? !kit.no_detector.empty()
                                      : criterion == "fast" && has_failed;
        if (is_never_run) continue;
        const auto verdict = verdict_of(lesson, criterion, work);
        const bool half =
            criterion == "race_free" &&
            !(read(criterion) && (read("race_free_O0") || is_race(*verdict)));
        if (!verdict || half) {
            running.push_back(criterion);
        } else {
            has_failed = has_failed || (verdict->status == Status::failed &&
                                        criterion != "race_free");
            known.push_back(fmt::format(
                "{} {}", criterion,
                names.at(static_cast<std::size_t>(verdict->status))));
        }
    }
    const std::string before =
        known.empty() ? "" : fmt::format(" {};", fmt::join(known, ", "));
    return fmt::format("{}:{} still running: {}", lesson, before,
                       fmt::join(running, ", "));
}

Grade grade_submission(const Kit& kit, const Submission& submission,
                       const fs::path& work, const std::vector<Mark>& known,
                       bool fast, const std::atomic<bool>& stop) {
    const Timer timer;
    const auto known_mark = [&known](const std::string& lesson,
                                     const std::string& criterion) {
        return std::find_if(known.begin(), known.end(), [&](const Mark& mark) {
            return mark.of.lesson == lesson && mark.of.criterion == criterion;
        });
    };
    TestFile tests(kit, work);
    for (const std::string& lesson : kit.lessons) {
        if (!submission.exercises.contains(lesson)) continue;
        tests.add_lesson(lesson, [&](const std::string& criterion) {
            return counts(kit, lesson, criterion) &&
                   known_mark(lesson, criterion) == known.end() &&
                   (fast || criterion != "fast");
        });
    }
    for (const Mark& mark : known) {
        write_verdict(mark.verdict, work / (mark.of.lesson + "." +
                                            mark.of.criterion + ".json"));
    }
    std::ofstream(work / "CTestTestfile.cmake") << tests.text();
    open_to_all(work);

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
    grade.no_sandbox = kit.no_sandbox;
    for (const auto& [lesson, digest] : submission.digests) {
        const auto of = [&lesson = lesson](const auto& map) {
            const auto at = map.find(lesson);
            return at == map.end() ? std::string() : at->second;
        };
        grade.handed[lesson] = {.digest = digest,
                                .code = of(submission.code_digests),
                                .found = of(submission.found)};
    }
    grade.remarks = submission.remarks;
    for (const Points& of : kit.points) {
        Mark mark = {.of = of, .verdict = {}};
        const auto missing = submission.missing.find(of.lesson);
        const auto before = known_mark(of.lesson, of.criterion);
        const auto verdict = verdict_of(of.lesson, of.criterion, work);
        if (missing != submission.missing.end()) {
            const bool first = of.criterion == criteria.front();
            mark.verdict.why = first ? missing->second : "no file to grade";
        } else if (verdict) {
            mark.verdict = *verdict;
            mark.tested = before == known.end() || before->tested;
        } else {
            mark.verdict =
                verdict_of_untested(kit, of.lesson, of.criterion, work);
            const bool left_out = !fast && of.criterion == "fast" &&
                                  passed(grade.marks, of.lesson);
            if (left_out) mark.verdict = measured_at_the_end;
        }
        mark.points = mark.verdict.share * of.maximum;
        grade.marks.push_back(mark);
    }
    tell_of_race(grade.marks);
    grade.seconds = timer.seconds();
    return grade;
}
