#include "tests/grade/class.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "common/output_file.hpp"
#include "common/programs/process.hpp"
#include "common/terminal.hpp"
#include "common/timer.hpp"
#include "tests/grade/json_files.hpp"
#include "tests/grade/reports.hpp"
#include "tests/grade/students.hpp"

namespace {

namespace fs = std::filesystem;

class Class {
 public:
    Class(const ClassGrading& how, const std::atomic<bool>& stop)
        : how_(how), stop_(stop) {
        std::vector<std::string> not_used;
        std::vector<Student> students =
            find_students(how.submissions, not_used);
        if (students.empty()) {
            throw std::runtime_error(fmt::format(
                "{}: no submission in it: every folder, archive or .cpp file "
                "is a student's",
                how.submissions.string()));
        }
        for (const std::string& name : not_used) {
            fmt::print(stderr, "grade: no submission: {}\n", shown(name));
        }
        if (!how.roster.empty()) add_roster(students, read_roster(how.roster));
        for (const Student& student : students) {
            Row row = {.student = student,
                       .grade = read_grade(results_of(student))};
            if (row.grade.marks.empty() && !student.submission.empty()) {
                row.trouble = "not graded yet";
            }
            rows_.push_back(row);
        }
    }

    int grade() {
        fs::create_directories(how_.output);
        std::vector<Row*> all;
        for (Row& row : rows_) {
            const Student& of = row.student;
            const bool is_meant =
                how_.student.empty() || how_.student == of.key ||
                how_.student == of.name || how_.student == of.id;
            if (is_meant && !of.submission.empty()) all.push_back(&row);
        }
        if (all.empty()) {
            throw std::runtime_error(
                fmt::format("no submission of a student '{}'", how_.student));
        }
        const bool fast_later = how_.jobs > 1 && !how_.without_fast;
        grade_all(all, how_.jobs, how_.jobs == 1 && !how_.without_fast);
        std::erase_if(all, [this](const Row* row) { return !has_more(*row); });
        if (fast_later && !all.empty() && !stop_) {
            fmt::print("\n`fast`, one student at a time:\n");
            grade_all(all, 1, true);
        }
        write_tables();
        if (stop_) throw std::runtime_error("stopped");
        return sum_up();
    }

 private:
    [[nodiscard]] fs::path results_of(const Student& student) const {
        return how_.output / student.key / "results.json";
    }

    /// Whether something of the lessons asked for is left to be judged.
    [[nodiscard]] bool has_more(const Row& row) const {
        const auto is_left = [this](const Mark& mark) {
            return may_pass(mark.verdict) &&
                   std::find(how_.lessons.begin(), how_.lessons.end(),
                             mark.of.lesson) != how_.lessons.end();
        };
        return row.trouble.empty() &&
               std::any_of(row.grade.marks.begin(), row.grade.marks.end(),
                           is_left);
    }

    /// Grades some students, `jobs` at a time.
    void grade_all(const std::vector<Row*>& rows, int jobs, bool fast) {
        const Timer timer;
        std::atomic<std::size_t> next = 0;
        std::size_t done = 0;
        const auto work = [&] {
            for (std::size_t i = next++; i < rows.size() && !stop_;
                 i = next++) {
                Row row = *rows[i];
                const bool as_before = grade_student(row, fast);
                if (stop_) return;
                const std::lock_guard lock(mutex_);
                *rows[i] = row;
                ++done;
                show_progress("");
                fmt::print("{}{}\n", line_of(row),
                           as_before ? "  (as before)" : "");
                std::fflush(stdout);
                const double left = timer.seconds() /
                                    static_cast<double>(done) *
                                    static_cast<double>(rows.size() - done);
                if (done < rows.size()) {
                    show_progress(
                        fmt::format("{} of {} students, about {:.0f} min left",
                                    done, rows.size(), left / 60 + 0.5));
                }
                if (!as_before) {
                    if (row.trouble.empty()) graded_.insert(row.student.key);
                    write_tables();  // whatever may happen next
                }
            }
        };
        std::vector<std::jthread> threads;
        for (int i = 0; i < jobs; ++i) threads.emplace_back(work);
    }

    /// Grades one student by a grader of its own. @returns whether there was
    /// nothing to do.
    bool grade_student(Row& row, bool fast) const {
        const fs::path output = how_.output / row.student.key;
        std::vector<std::string> arguments = {
            "-c", fmt::format("exec {} \"$@\"", how_.launcher), "sh",
            how_.grader.string()};
        for (const fs::path& path : row.student.submission) {
            arguments.insert(arguments.end(), {"--submission", path.string()});
        }
        arguments.insert(arguments.end(), {"--output", output.string()});
        arguments.insert(arguments.end(), how_.options.begin(),
                         how_.options.end());
        if (!fast) arguments.emplace_back("--without-fast");
        constexpr double to_clean_up = 10.0;
        Command command = {.program = "sh",
                           .arguments = arguments,
                           .stop = &stop_,
                           .grace = to_clean_up};
        // On another machine it makes a temporary folder of its own.
        if (how_.launcher.empty()) {
            command.environment = {{"TMPDIR", how_.temporary.string()}};
        }
        row.trouble.clear();
        row.grade = {};
        try {
            const Outcome outcome = run_process(command);
            if (outcome.ok()) {
                row.grade = read_grade(output / "results.json");
                return outcome.output.starts_with("As before");
            }
            row.trouble = last_complaint(outcome.output);
            if (row.trouble.empty()) row.trouble = outcome.how_it_ended();
        } catch (const std::exception& error) {
            row.trouble = error.what();
        }
        return false;
    }

    static std::string line_of(const Row& row) {
        std::string line = fmt::format("{:<30}", shown(row.student.name));
        if (!row.trouble.empty()) {
            return line + "could not be graded: " + shown(row.trouble);
        }
        line += fmt::format("{:>6g} of {:g}", row.grade.points(),
                            row.grade.maximum());
        std::size_t found = 0;
        for (const auto& [lesson, handed] : row.grade.handed) {
            if (!handed.found.empty()) ++found;
        }
        if (found < row.grade.handed.size()) {
            line += fmt::format("  ({} of {} exercises found)", found,
                                row.grade.handed.size());
        }
        return line;
    }

    void write_tables() const {
        write_file(how_.output / "grades.csv", class_csv(rows_));
        write_file(how_.output / "moodle.csv", moodle_csv(rows_));
        write_file(how_.output / "canvas.csv", canvas_csv(rows_));
        write_file(how_.output / "alike.txt", alike(rows_, how_.starters));
    }

    [[nodiscard]] int sum_up() const {
        fmt::print("\n{} students, {} graded now: {}\n", rows_.size(),
                   graded_.size(), (how_.output / "grades.csv").string());
        fmt::print("{}", not_counted(rows_));
        std::string absent;
        std::string failed;
        for (const Row& row : rows_) {
            const std::string name = shown(row.student.name);
            if (row.student.submission.empty()) absent += "  " + name + "\n";
            if (row.trouble.empty()) continue;
            failed += fmt::format("  {}: {}\n", name, shown(row.trouble));
        }
        if (!absent.empty()) fmt::print("Nothing handed in:\n{}", absent);
        if (failed.empty()) return 0;
        fmt::print(stderr, "grade: could not be graded:\n{}", failed);
        return 1;
    }

    const ClassGrading& how_;
    const std::atomic<bool>& stop_;
    std::vector<Row> rows_;
    std::mutex mutex_;
    std::set<std::string> graded_;
};

}  // namespace

int grade_class(const ClassGrading& how, const std::atomic<bool>& stop) {
    return Class(how, stop).grade();
}
