// The lessons' work beside what people would use instead: the same work on the
// same files in the same run, by the lessons' programs and by Pillow, numpy,
// joblib, OpenCV, ImageMagick and libvips, whichever are present. Results are
// compared first; then the times. Nothing is installed.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "common/output_file.hpp"
#include "common/png.hpp"
#include "common/programs/process.hpp"
#include "common/statistics.hpp"
#include "common/terminal.hpp"
#include "tests/peers/pictures.hpp"
#include "tests/peers/tasks.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

const fs::path build = WORKBOOK_BUILD;
const fs::path folder = build / "tests/peers/files";  // read and written
const fs::path results = "results/peers.json";

/// A row, and what came of it.
struct Measured {
    Row row;
    fs::path output;                   ///< file without an end
    std::vector<double> seconds = {};  ///< of each run
    std::int64_t peak = 0;             ///< most memory of a run, in bytes
    std::string result = {};           ///< a checksum
    std::string verdict = {};
    bool good = true;

    void judge(const std::string& text) {
        verdict = text;
        good = text == "same" || text.starts_with("rounds");
    }
};

/// What is present.
struct Present {
    std::string python;
    std::map<std::string, std::string> commands;  ///< of other people, by name
    std::map<std::string, std::string> versions;  ///< by name

    [[nodiscard]] bool has(const std::string& names) const {
        std::istringstream stream(names);
        for (std::string name; stream >> name;) {
            if (!versions.contains(name)) return false;
        }
        return true;
    }
};

/// What a program prints.
/// @throws std::runtime_error where it fails.
std::string output_of(const fs::path& program,
                      const std::vector<std::string>& arguments) {
    const Outcome outcome =
        run_process({.program = program, .arguments = arguments});
    if (!outcome.ok()) {
        throw std::runtime_error(fmt::format("{}: {}: {}", program.string(),
                                             outcome.how_it_ended(),
                                             outcome.output));
    }
    return outcome.output;
}

/// The packages that a Python has, with versions; {}: no Python.
std::map<std::string, std::string> packages_of(const std::string& python) {
    constexpr const char* code = R"(if True:
        import json, platform, sys
        assert sys.version_info >= (3, 9)
        found = {"Python": platform.python_version()}
        for name, module in zip(*[iter(sys.argv[1:])] * 2):
            try:
                found[name] = __import__(module).__version__
            except ImportError:
                pass
        print(json.dumps(found)))";
    const Outcome outcome = run_process(
        {.program = python,
         .arguments = {"-c", code, "Pillow", "PIL", "numpy", "numpy", "joblib",
                       "joblib", "OpenCV", "cv2"}});
    if (!outcome.ok()) return {};
    return Json::parse(outcome.output);
}

/// Of $PYTHON, or of two Pythons the one that has more; and other programs.
Present look_around() {
    Present present;
    const char* asked = std::getenv("PYTHON");
    const bool is_asked = asked != nullptr && *asked != '\0';
    for (const std::string python : {is_asked ? asked : "python3",
                                     is_asked ? asked : "/usr/bin/python3"}) {
        const auto found = packages_of(python);
        if (found.size() > present.versions.size()) {
            present.python = python;
            present.versions = found;
        }
    }
    if (is_asked && present.python.empty()) {
        throw std::invalid_argument(
            fmt::format("PYTHON={}: is no Python from 3.9 on", asked));
    }
    // Not `convert`, which other programs are called as well.
    for (const auto& [name, command] :
         {std::pair("ImageMagick", "convert-im6.q16"),
          std::pair("ImageMagick", "magick"), std::pair("libvips", "vips")}) {
        const Outcome outcome =
            run_process({.program = command, .arguments = {"--version"}});
        std::smatch version;
        if (outcome.ok() && std::regex_search(outcome.output, version,
                                              std::regex("[0-9][0-9.-]*"))) {
            present.commands[name] = command;
            present.versions[name] = version.str();
        }
    }
    return present;
}

/// The volcano, as wide; kept from one run to the next.
fs::path picture(int width) {
    const fs::path file = folder / fmt::format("volcano-{}.png", width);
    if (!fs::exists(file)) {
        show_progress("painting a picture");
        output_of(
            build / "data/paint",
            {"volcano", "--width", std::to_string(width), "--output", file});
    }
    return file;
}

/// What a row's process is.
Command command_of(const Task& task, const Measured& measured,
                   const Present& present) {
    const Row& row = measured.row;
    const std::string record = measured.output.string() + ".json";
    Command command;
    std::istringstream stream(row.work);
    const std::vector<std::pair<std::string, std::string>> known = {
        {"$picture", task.width > 0 ? picture(task.width).string() : ""},
        {"$output", measured.output.string()},
        {"$matrix", (folder / "mean.mat").string()}};
    for (std::string word; stream >> word;) {
        for (const auto& [name, value] : known) {
            const std::size_t place = word.find(name);
            if (place != std::string::npos) {
                word.replace(place, name.size(), value);
            }
        }
        command.arguments.push_back(word);
    }
    const std::string threads =
        std::to_string(std::thread::hardware_concurrency());
    command.environment = {{"OMP_NUM_THREADS", threads},
                           {"VIPS_CONCURRENCY", threads},
                           {"JOBLIB_TEMP_FOLDER", folder.string()},
                           {"PYTHONDONTWRITEBYTECODE", "1"}};
    if (row.needs.empty()) {
        command.program = build / "lessons" / row.who;
        if (!row.whole) {
            command.arguments.insert(command.arguments.end(),
                                     {"--repeat", "1", "--record", record});
        }
    } else if (row.whole) {
        command.program = present.commands.at(row.needs);
    } else {
        command.program = present.python;
        command.arguments.insert(command.arguments.begin(),
                                 {PEER_WORK, record});
        command.arguments.push_back("processors=" + threads);
    }
    // libvips and Python have threads of their own: bound by OpenMP, the first
    // thread would hand its processor on to them.
    if (row.needs.empty() || row.needs == "ImageMagick") {
        command.environment.emplace_back("OMP_PROC_BIND", "true");
    }
    return command;
}

/// Does a row's work once more, in a process of its own.
void run(const Task& task, Measured& measured, const Present& present) {
    const fs::path record = measured.output.string() + ".json";
    const fs::path png = measured.output.string() + ".png";
    for (const fs::path& old : {record, png}) fs::remove(old);
    const Outcome outcome = run_process(command_of(task, measured, present));
    if (!outcome.ok()) {
        measured.judge("FAILED: " + outcome.how_it_ended() + ": " +
                       outcome.output);
        return;
    }
    double seconds = outcome.seconds;
    if (!measured.row.whole) {
        std::ifstream file(record);
        const Json json = Json::parse(file);
        seconds = json.at("seconds").at(0);
        measured.result = json.at("result");
    }
    measured.seconds.push_back(seconds);
    measured.peak = std::max(measured.peak, outcome.peak_memory);
}

/// Results first: then times mean something.
void check(const Task& task, Measured& measured, const Measured& ours) {
    if (task.width == 0) {
        measured.judge(measured.result == ours.result ? "same" : "WRONG");
        return;
    }
    const fs::path file = measured.output.string() + ".png";
    measured.judge(
        verdict_on(compare_grey(read_png(picture(task.width)), read_png(file)),
                   measured.row.rounds));
    if (!task.shows_files) return;
    std::ifstream stream(file, std::ios::binary);
    const std::string png(std::istreambuf_iterator<char>(stream), {});
    const std::string& note = measured.row.note;
    measured.row.note = fmt::format(
        "memory {}, file {}, filter sub in {:.0f} % of the rows{}",
        bytes_text(measured.peak), bytes_text(std::ssize(png)),
        100.0 * share_of_sub(png), note.empty() ? "" : "\n    " + note);
}

/// All rows take turns. What takes longer than 3 s is run twice.
std::vector<Measured> measure(const Task& task, const Present& present,
                              int repeat) {
    std::vector<Measured> all;
    for (const Row& row : task.rows) {
        const auto output = fmt::format("{}-{}", task.name, all.size());
        if (present.has(row.needs)) all.push_back({row, folder / output});
    }
    for (int round = 0; round < repeat; ++round) {
        for (Measured& measured : all) {
            if (!measured.good) continue;
            if (round > 1 && measured.seconds.back() > 3.0) continue;
            show_progress(fmt::format("{}: {}: run {}", task.name,
                                      measured.row.who, round + 1));
            run(task, measured, present);
        }
    }
    show_progress("");
    if (!all.front().good) throw std::runtime_error(all.front().verdict);
    for (Measured& measured : all) {
        if (!measured.good) continue;
        try {
            check(task, measured, all.front());
        } catch (const std::runtime_error& error) {
            measured.judge(error.what());  // which is not good
        }
    }
    return all;
}

/// Prints a task's rows as a table.
void print_task(const Task& task, const std::vector<Measured>& all) {
    fmt::print("\n{}\n{:<27}{:>8}  {:<20} {:>9}  result\n", task.title, "",
               "median", "quartiles", "x ours");
    const auto quartile = [](const Measured& measured, double q) {
        return seconds_text(quantile(measured.seconds, q));
    };
    for (const Measured& measured : all) {
        if (measured.seconds.empty()) {
            fmt::print("{:<27}{}\n", measured.row.who, measured.verdict);
            continue;
        }
        fmt::print("{:<27}{:>8}  {:<20} {:>9.3g}  {}\n", measured.row.who,
                   quartile(measured, 0.5),
                   quartile(measured, 0.25) + " .. " + quartile(measured, 0.75),
                   median(measured.seconds) / median(all.front().seconds),
                   measured.verdict);
        if (!measured.row.note.empty()) {
            fmt::print("    {}\n", measured.row.note);
        }
    }
}

void print_head(const Json& machine, const Present& present) {
    fmt::print("{}, {} processors, {}\n",
               machine.at("processor").get<std::string>(),
               machine.at("processors_usable").get<int>(),
               machine.at("compiler").get<std::string>());
    // Names that rows use, and Debian's packages.
    for (const auto& [name, package] :
         {std::pair("Python", "python3"), std::pair("Pillow", "python3-pil"),
          std::pair("numpy", "python3-numpy"),
          std::pair("joblib", "python3-joblib"),
          std::pair("OpenCV", "python3-opencv"),
          std::pair("ImageMagick", "imagemagick"),
          std::pair("libvips", "libvips-tools")}) {
        fmt::print("{} {}\n", name,
                   present.has(name)
                       ? present.versions.at(name)
                       : fmt::format("is missing (Debian: {})", package));
    }
    fmt::print(
        "`x ours`: times as long as the first row; below 1, that row is ahead "
        "of ours.\ndocs/performance.md says what is timed, and explains.\n");
}

/// @returns whether all results are right.
bool compare(const std::vector<std::string>& only, int repeat, bool quick) {
    if (std::getenv("OMP_PROC_BIND") != nullptr) {
        throw std::invalid_argument(
            "OMP_PROC_BIND is set, and would bind others to one processor: "
            "unset it: ours are bound all the same");
    }
    const Present present = look_around();
    const Json machine = Json::parse(output_of(build / "doctor", {"--json"}));
    print_head(machine, present);
    if (present.versions.empty()) {
        throw std::runtime_error("nobody is here to compare with");
    }
    fs::create_directories(folder);
    const std::string row = "0.33334 0.33334 0.33334\n";
    write_file(folder / "mean.mat", "3 3\n" + row + row + row);
    bool good = true;
    Json figures = {{"machine", machine}, {"versions", present.versions}};
    for (const Task& task : all_tasks(quick)) {
        if (!only.empty() &&
            std::count(only.begin(), only.end(), task.name) == 0) {
            continue;
        }
        const std::vector<Measured> all = measure(task, present, repeat);
        print_task(task, all);
        for (const Measured& measured : all) {
            good = good && measured.good;
            figures["tasks"][task.title].push_back(
                {{"who", measured.row.who},
                 {"seconds", measured.seconds},
                 {"result", measured.verdict},
                 {"note", measured.row.note}});
        }
    }
    fs::create_directories(results.parent_path());
    write_file(results, figures.dump(1) + "\n");
    fmt::print("\nall figures: {}\n", results.string());
    return good;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "The lessons' work beside what people would use instead: results "
        "compared, then times. PYTHON=... names the Python that has the "
        "packages.");
    app.name("peers");
    std::vector<std::string> only;
    int repeat = 5;
    bool quick = false;
    std::vector<std::string> names;
    for (const Task& task : all_tasks(true)) names.push_back(task.name);
    app.add_option("TASK", only,
                   fmt::format("these alone: {}", fmt::join(names, ", ")))
        ->check(CLI::IsMember(names))
        ->type_name("");
    app.add_option("--repeat", repeat,
                   "runs of each; two of what takes longer than 3 s")
        ->check(CLI::Range(1, 1000))
        ->type_name("N")
        ->capture_default_str();
    app.add_flag("--quick", quick, "small sizes: to see it work");
    CLI11_PARSE(app, argc, argv);
    try {
        if (compare(only, repeat, quick)) return 0;
        fmt::print(stderr, "peers: not all results are right\n");
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "peers: {}\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        show_progress("");
        fmt::print(stderr, "peers: {}\n", error.what());
    }
    return 1;
}
