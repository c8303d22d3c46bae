#include "common/programs/experiment/options.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <istream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/programs/experiment/toml.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;

/// Reads an assignment file: the options for CLI11, the rest for the plan.
class AssignmentFile : public CLI::ConfigTOML {
 public:
    explicit AssignmentFile(Assignment& assignment) : assignment_(assignment) {}
    std::vector<CLI::ConfigItem> from_config(
        std::istream& stream) const override {
        const std::string text(std::istreambuf_iterator<char>(stream), {});
        std::vector<TomlEntry> entries = read_toml(text);
        assignment_.take(entries);
        std::vector<CLI::ConfigItem> options;
        for (const auto& [key, values] : entries) {
            CLI::ConfigItem& option = options.emplace_back();
            option.name = key;
            option.inputs = values;
        }
        return options;
    }

 private:
    Assignment& assignment_;
};

std::string check_schedule(const std::string& text) {
    const std::string kind = text.substr(0, text.find(','));
    for (const char* known : {"static", "dynamic", "guided", "auto"}) {
        if (kind == known) return "";
    }
    return fmt::format(
        "'{}' is no schedule: give static, dynamic, guided or auto, several as "
        "'static;dynamic,16'",
        text);
}

void add_options(CLI::App& app, Plan& plan) {
    const auto add_numbers = [&](const char* name, std::vector<int>& numbers,
                                 const CLI::Range& range, const char* help) {
        return app.add_option(name, numbers, help)
            ->delimiter(',')
            ->check(range)
            ->type_name("N,N");
    };
    const CLI::Range sizes(0, 2'000'000'000);
    app.add_option("--lesson,lesson", plan.lesson, "number or name, such as 12")
        ->type_name("LESSON");
    add_numbers("--threads", plan.threads, CLI::Range(1, 1024),
                "numbers of threads; unless given: 1, 2, 4 ... up to the "
                "number of processors");
    app.add_option("--schedule", plan.schedules,
                   "schedules, where the lesson takes one: "
                   "'static;dynamic,16'; unless given: static, static,1, "
                   "dynamic and guided")
        ->delimiter(';')
        ->check(CLI::Validator(check_schedule, ""))
        ->type_name("S;S");
    add_numbers("--width", plan.widths, sizes,
                "sizes, for lessons with pictures")
        ->excludes(add_numbers("--count", plan.counts, sizes,
                               "sizes, for lessons with lists"));
    app.add_option("--repeat", plan.repeats, "timed runs of each setting")
        ->check(CLI::Range(1, 1000))
        ->type_name("N")
        ->capture_default_str();
    app.add_option("--timeout", plan.timeout, "longest time for one run, s")
        ->check(CLI::Range(0.1, 86400.0))
        ->type_name("S")
        ->capture_default_str();
    app.add_option("--bind", plan.bind, "OMP_PROC_BIND of the runs")
        ->check(CLI::IsMember({"true", "false", "close", "spread"}))
        ->capture_default_str();
    app.add_option("--wait-policy", plan.wait_policy,
                   "OMP_WAIT_POLICY of the runs")
        ->check(CLI::IsMember({"active", "passive"}));
    app.add_option("--launcher", plan.launcher,
                   "put before each program, such as 'srun --exclusive "
                   "--ntasks=1 --cpus-per-task={threads}'")
        ->type_name("CMD");
    app.add_option("--output", plan.output,
                   "folder for the results; unless given, "
                   "results/LESSON/DATE_TIME, or results/collected/DATE_TIME")
        ->type_name("FOLDER");
    app.add_option("--lessons", plan.lessons, "folder of the lessons' programs")
        ->type_name("FOLDER")
        ->capture_default_str();
    app.add_option("--collect", plan.collected,
                   "compares instead: all summary.json in a folder with one "
                   "folder for each student")
        ->type_name("FOLDER");
    app.set_config("--config", "", "assignment file: these options as TOML")
        ->type_name("FILE");
    app.config_formatter(std::make_shared<AssignmentFile>(plan.assignment));
    app.allow_config_extras(false);
    app.footer(
        "What follows -- is handed on to the lesson's programs.\n"
        "  experiment 12 --threads 1,2,4 --schedule 'static;dynamic'\n"
        "  experiment 08 --width 512,2048 -- --input photo.png\n"
        "  experiment --collect submissions\n"
        "report.html explains the columns of runs.csv.\n"
        "Further keys of an assignment file, for the page and for report.md:\n"
        "  title = \"Who gets the expensive rows?\"\n"
        "  due = \"2027-01-15\"\n"
        "  questions = [\"Which schedule is slowest?\", \"Why?\"]\n"
        "  points = [1, 2]\n"
        "  expect = [\"speedup 1.5 2.0 threads=2 schedule=dynamic\"]\n"
        "expect: median, speedup, efficiency, scaling, imbalance or bandwidth, "
        "a range,\nand of which settings: version=, threads=, schedule=, "
        "size=.\n"
        "Exit status: 0 done, 1 a result is wrong, a setting failed, or a file "
        "was skipped,\n2 wrong use, 130 interrupted; what was measured until "
        "then is written.");
}

}  // namespace

std::optional<Plan> read_command_line(int argc, char** argv) {
    CLI::App app(
        "Runs a lesson for numbers of threads, schedules and sizes, and tells "
        "what came out: a table, CSV, plots and a page.");
    app.name("experiment");
    const fs::path folder = fs::path(argv[0]).parent_path();
    Plan plan = {.lessons = folder / "lessons", .control = folder / "control"};
    add_options(app, plan);
    char** const end = argv + argc;
    char** const dashes = std::find(argv, end, std::string_view("--"));
    plan.lesson_arguments.assign(std::min(dashes + 1, end), end);
    const auto config = [&] { return app.get_config_ptr()->as<std::string>(); };
    try {
        app.parse(static_cast<int>(dashes - argv), argv);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", app.help());
        return std::nullopt;
    } catch (const CLI::ConfigError& error) {
        const std::string text = error.what();  // "... not able to parse KEY"
        throw std::invalid_argument(
            fmt::format("{}: there is no option '{}': see --help", config(),
                        text.substr(text.rfind(' ') + 1)));
    } catch (const CLI::ParseError& error) {
        // An option that was not typed is one of the file's.
        const std::string text = error.what();
        const bool names_one =
            !config().empty() && text.find("--") != std::string::npos;
        const bool is_typed =
            std::any_of(argv + 1, dashes, [&](const char* word) {
                const std::string option = std::string(word).substr(
                    0, std::string_view(word).find('='));
                return option.starts_with("--") &&
                       text.find(option) != std::string::npos;
            });
        throw std::invalid_argument(
            (names_one && !is_typed ? config() + ": " : "") + text +
            ": see --help");
    } catch (const std::invalid_argument& error) {
        throw std::invalid_argument(config() + ": " + error.what());
    }
    plan.assignment.file = config();
    if (!plan.collected.empty()) {
        for (const CLI::Option* option : app.get_options()) {
            const std::string name = option->get_name();
            if (option->count() > 0 && name != "--collect" &&
                name != "--output") {
                throw std::invalid_argument("--collect does not go with " +
                                            name);
            }
        }
        if (dashes != end) {
            throw std::invalid_argument("--collect does not go with --");
        }
    } else if (plan.lesson.empty()) {
        throw std::invalid_argument(
            "no lesson: give its number, such as experiment 12");
    }
    plan.typed = "build/experiment";
    for (char** word = argv + 1; word < end; ++word) {
        const std::string text = *word;
        const bool plain = !text.empty() &&
                           text.find_first_of(" \t\n;'\"$&|<>()*?[]{}~#!`\\") ==
                               std::string::npos;
        plan.typed += " " + (plain ? text : shell_word(text));
    }
    return plan;
}
