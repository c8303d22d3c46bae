#include "common/options.hpp"

#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <type_traits>

#include "common/machine.hpp"
#include "common/schedule.hpp"
#include "common/terminal.hpp"

namespace {

/// A check, as CLI11 wants it: the answer is empty or says what is wrong. The
/// text becomes that of the number: CLI11 would take 010 for 8.
template <typename Number>
CLI::Validator within(const Bounds<Number>& bounds) {
    const auto check = [bounds](std::string& text) -> std::string {
        std::istringstream in(text);
        Number value = 0;
        const bool is_number = in >> std::noskipws >> value && in.eof();
        if (is_number && value >= bounds.lowest && value <= bounds.highest) {
            text = fmt::format("{}", value);
            return "";
        }
        return fmt::format("'{}' is not a {}number from {} to {}{}{}", text,
                           std::is_integral_v<Number> ? "whole " : "",
                           bounds.lowest, bounds.highest,
                           bounds.reason.empty() ? "" : ": ", bounds.reason);
    };
    return {check, fmt::format("{} .. {}", bounds.lowest, bounds.highest)};
}

CLI::Validator names_something() {
    return {[](const std::string& text) {
                return text.empty() ? "'' names no file" : "";
            },
            ""};
}

std::string check_schedule(const std::string& text) {
    if (to_schedule(text)) return "";
    return fmt::format(
        "'{}' is no schedule: static, dynamic, guided or auto, and a chunk "
        "size after a comma if wanted, such as dynamic,16",
        text);
}

std::string json_list(const std::vector<std::string>& words) {
    return words.empty() ? "[]"
                         : fmt::format("[\"{}\"]", fmt::join(words, "\",\""));
}

}  // namespace

Options::Options(std::string name, std::string summary, std::int64_t repeat)
    : name_(std::move(name)),
      repeat_(repeat),
      app_(std::make_unique<CLI::App>(std::move(summary))) {
    option("--threads", threads_, {1, most_threads},
           "threads of a team; unless given, OMP_NUM_THREADS or as many as "
           "there are processors");
    option("--repeat", repeat_, {1, 1'000'000}, "timed runs");
    option("--record", record_file_, "FILE",
           "file to which a line of JSON is added for this run");
    app_->add_flag("--describe")->group("");  // for programs, not in --help
    app_->get_formatter()->column_width(28);
    app_->footer(
        "The environment counts too (OMP_NUM_THREADS, OMP_SCHEDULE,\n"
        "OMP_PROC_BIND, OMP_WAIT_POLICY); an option wins over it.");
}

Options::~Options() = default;

template <typename Number>
void Options::option(const std::string& name, Number& value,
                     const Bounds<std::type_identity_t<Number>>& bounds,
                     const std::string& help) {
    CLI::Option* added =
        app_->add_option(name, value, help)
            ->transform(within(bounds))
            ->type_name(std::is_integral_v<Number> ? "N" : "X");
    if (value >= bounds.lowest) added->capture_default_str();
    if (!bounds.test) return;
    test_.insert(test_.end(), {name, fmt::format("{}", *bounds.test)});
    smallest_.insert(smallest_.end(), {name, fmt::format("{}", bounds.lowest)});
}

template <typename Number>
void Options::option(const std::string& name, std::vector<Number>& values,
                     const Bounds<std::type_identity_t<Number>>& bounds,
                     const std::string& help) {
    const bool is_whole = std::is_integral_v<Number>;
    CLI::Option* added = app_->add_option(name, values, help)
                             ->transform(within(bounds))
                             ->delimiter(',')
                             ->type_name(is_whole ? "N,N..." : "X,X...");
    if (values.empty()) return;
    added->expected(static_cast<int>(values.size()))->capture_default_str();
}

// The four kinds of value that there are.
template void Options::option(const std::string&, std::int64_t&,
                              const Bounds<std::int64_t>&, const std::string&);
template void Options::option(const std::string&, std::vector<std::int64_t>&,
                              const Bounds<std::int64_t>&, const std::string&);
template void Options::option(const std::string&, double&,
                              const Bounds<double>&, const std::string&);
template void Options::option(const std::string&, std::vector<double>&,
                              const Bounds<double>&, const std::string&);

void Options::option(const std::string& name, bool& value,
                     const std::string& help) {
    app_->add_flag(name, value, help);
}

void Options::option(const std::string& name, std::filesystem::path& value,
                     const std::string& kind, const std::string& help) {
    CLI::Option* added = app_->add_option(name, value, help)
                             ->type_name(kind)
                             ->check(names_something());
    if (!value.empty()) added->capture_default_str();
}

void Options::option(const std::string& name,
                     std::vector<std::filesystem::path>& values,
                     const std::string& kind, const std::string& help) {
    app_->add_option(name, values, help)
        ->type_name(kind)
        ->check(names_something());
}

void Options::exclude(const std::string& name, const std::string& other) {
    app_->get_option(name)->excludes(app_->get_option(other));
}

void Options::add_picture_input() {
    option("--input", input_, "FILE", "picture to read, a PNG file");
    option("--width", width_, {0, 65'535, 40},
           "width in pixels to scale the picture to; 0 keeps its size");
    option("--max-pixels", max_pixels_, {1, std::int64_t{1} << 40},
           "most pixels that a picture may have");
}

void Options::add_picture_output() {
    paints_ = true;
    option("--output", output_, "FILE",
           "picture to write; unless given, results/LESSON/VERSION.png");
}

void Options::add_log() {
    logs_ = true;
    option("--log", log_file_, "FILE",
           "file for the work log: which thread did which item, from when to "
           "when (CSV)");
}

void Options::add_item_times() {
    option(
        "--item-times", item_times_file_, "FILE",
        "file for how long each item takes on one thread, for predict (CSV)");
}

void Options::add_schedule(const std::string& usual) {
    const bool is_set = std::getenv("OMP_SCHEDULE") != nullptr;
    schedule_ = is_set ? schedule_in_force() : usual;
    app_->add_option("--schedule", schedule_,
                     "how iterations are dealt out: static, dynamic, guided or "
                     "auto, with a chunk size after a comma if wanted")
        ->check(CLI::Validator(check_schedule, ""))
        ->type_name("KIND[,CHUNK]")
        ->capture_default_str();
}

std::optional<int> Options::parse(int argc, char** argv) {
    version_ = std::filesystem::path(argv[0]).filename().string();
    const std::string program = name_ + "/" + version_;
    app_->name(program);
    try {
        app_->parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", app_->help());
        return 0;
    } catch (const CLI::ParseError& error) {
        fmt::print(stderr, "{}: {}: see --help\n", program,
                   printable(error.what()));
        return 2;
    }
    if (app_->count("--describe") > 0) {
        fmt::print("{}\n", description());
        return 0;
    }
    // The serial program is serial throughout, scaling a picture included.
    if (version_ == "serial") threads_ = 1;
    if (threads_ > 0) omp_set_num_threads(static_cast<int>(threads_));
    if (version_ != "serial") {
        try {
            const Team team = settle_team(static_cast<int>(threads_));
            if (!team.note.empty()) fmt::print("{}: {}\n", program, team.note);
        } catch (const std::runtime_error& error) {
            fmt::print(stderr, "{}: {}\n", program, error.what());
            return 2;
        }
    }
    if (const auto schedule = to_schedule(schedule_)) {
        omp_set_schedule(schedule->kind, schedule->chunk);
    }
    return std::nullopt;
}

std::string Options::description() const {
    std::vector<std::string> names;
    for (const CLI::Option* one : app_->get_options()) {
        names.push_back("--" + one->get_lnames().front());
    }
    return fmt::format(
        R"({{"lesson":"{}","version":"{}","options":{},"test_arguments":{},)"
        R"("smallest_arguments":{}}})",
        name_, version_, json_list(names), json_list(test_),
        json_list(smallest_));
}
