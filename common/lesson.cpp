#include "common/lesson.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <new>
#include <stdexcept>

#include "common/machine.hpp"
#include "common/openmp.hpp"
#include "common/record.hpp"
#include "common/statistics.hpp"
#include "common/terminal.hpp"
#include "common/timer.hpp"

namespace {

constexpr int done = 0;
constexpr int could_not = 1;
constexpr int wrong_use = 2;

/// The whole text as a number, or nothing.
template <typename Number>
std::optional<Number> to_number(const std::string& text) {
    Number value = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || rest != end) return std::nullopt;
    return value;
}

/// A check, as CLI11 wants it: the answer is empty or says what is wrong.
template <typename Number>
CLI::Validator in_range(Number lowest, Number highest, const std::string& kind,
                        const std::string& reason) {
    const auto check = [=](const std::string& text) -> std::string {
        const std::optional<Number> value = to_number<Number>(text);
        if (value && *value >= lowest && *value <= highest) return "";
        return fmt::format("'{}' is not {} from {} to {}{}{}", text, kind,
                           lowest, highest, reason.empty() ? "" : ": ", reason);
    };
    return {check, fmt::format("{} .. {}", lowest, highest)};
}

/// The runtime's own schedule for schedule(runtime), as --schedule says it.
std::string schedule_in_force() {
    omp_sched_t kind = omp_sched_static;
    int chunk = 0;
    omp_get_schedule(&kind, &chunk);
    // Above the kind's bits stands the "monotonic" modifier.
    const auto number = static_cast<unsigned>(kind) & 0xFFU;
    constexpr std::array<const char*, 5> names = {"", "static", "dynamic",
                                                  "guided", "auto"};
    const std::string name = names.at(number);
    const bool by_default =
        chunk < 1 || (chunk == 1 && number != omp_sched_static);
    return by_default ? name : fmt::format("{},{}", name, chunk);
}

/// A loop schedule as --schedule gives it: KIND or KIND,CHUNK.
struct Schedule {
    omp_sched_t kind = omp_sched_static;
    int chunk = 0;  ///< 0: the runtime's own choice
};

std::optional<Schedule> to_schedule(const std::string& text) {
    const std::size_t comma = text.find(',');
    const std::string kind = text.substr(0, comma);
    Schedule schedule;
    if (comma != std::string::npos) {
        const auto chunk = to_number<int>(text.substr(comma + 1));
        if (!chunk || *chunk < 1) return std::nullopt;
        schedule.chunk = *chunk;
    }
    if (kind == "static") {
        schedule.kind = omp_sched_static;
    } else if (kind == "dynamic") {
        schedule.kind = omp_sched_dynamic;
    } else if (kind == "guided") {
        schedule.kind = omp_sched_guided;
    } else if (kind == "auto" && comma == std::string::npos) {
        schedule.kind = omp_sched_auto;
    } else {
        return std::nullopt;
    }
    return schedule;
}

std::string check_schedule(const std::string& text) {
    if (to_schedule(text)) return "";
    return fmt::format(
        "'{}' is no schedule: static, dynamic, guided or auto, and a chunk "
        "size after a comma if wanted, such as dynamic,16",
        text);
}

const char* plural(std::int64_t number) { return number == 1 ? "" : "s"; }

}  // namespace

Lesson::Lesson(std::string name, std::string summary, std::int64_t repeat)
    : options_(std::make_unique<CLI::App>(std::move(summary))),
      name_(std::move(name)),
      repeat_(repeat) {
    constexpr int most_threads = 1024;
    constexpr int most_repeats = 1'000'000;
    add_number("--threads", threads_, 1, most_threads,
               "threads of a team; unless given, OMP_NUM_THREADS or as many as "
               "there are processors");
    add_number("--repeat", repeat_, 1, most_repeats, "timed runs");
    options_
        ->add_option("--record", record_,
                     "file to which a line of JSON is added for this run")
        ->type_name("FILE");
    options_->get_formatter()->column_width(28);
    options_->footer(
        "The environment counts too (OMP_NUM_THREADS, OMP_SCHEDULE,\n"
        "OMP_PROC_BIND, OMP_WAIT_POLICY); an option wins over it.");
}

Lesson::~Lesson() = default;

void Lesson::add_number(const std::string& option, std::int64_t& value,
                        std::int64_t lowest, std::int64_t highest,
                        const std::string& help, const std::string& reason) {
    CLI::Option* added =
        options_->add_option(option, value, help)
            ->check(in_range(lowest, highest, "a whole number", reason))
            ->type_name("N");
    if (value >= lowest) added->capture_default_str();
}

void Lesson::add_numbers(const std::string& option,
                         std::vector<std::int64_t>& values, std::int64_t lowest,
                         std::int64_t highest, const std::string& help) {
    options_->add_option(option, values, help)
        ->delimiter(',')
        ->check(in_range(lowest, highest, "a whole number", ""))
        ->type_name("N,N...");
}

void Lesson::add_real(const std::string& option, double& value, double lowest,
                      double highest, const std::string& help) {
    options_->add_option(option, value, help)
        ->check(in_range(lowest, highest, "a number", ""))
        ->type_name("X")
        ->capture_default_str();
}

void Lesson::add_reals(const std::string& option, std::vector<double>& values,
                       const std::string& help) {
    constexpr double huge = 1e300;
    CLI::Validator finite = in_range(-huge, huge, "a number", "");
    finite.description("");  // the bounds are no help here
    options_->add_option(option, values, help)
        ->delimiter(',')
        ->expected(static_cast<int>(values.size()))
        ->check(finite)
        ->type_name("X,X")
        ->capture_default_str();
}

void Lesson::add_list(const std::string& option, std::vector<double>& values,
                      double lowest, double highest, const std::string& help) {
    options_->add_option(option, values, help)
        ->delimiter(',')
        ->expected(1, CLI::detail::expected_max_vector_size)
        ->check(in_range(lowest, highest, "a number", ""))
        ->type_name("X,X");
}

void Lesson::add_flag(const std::string& option, bool& value,
                      const std::string& help) {
    options_->add_flag(option, value, help);
}

void Lesson::add_schedule() {
    schedule_ = "dynamic";
    options_
        ->add_option("--schedule", schedule_,
                     "how iterations are dealt out: static, dynamic, guided or "
                     "auto, with a chunk size after a comma if wanted")
        ->check(CLI::Validator(check_schedule, ""))
        ->type_name("KIND[,CHUNK]")
        ->capture_default_str();
}

void Lesson::add_picture_input() {
    constexpr int widest = 65'535;
    options_->add_option("--input", input_, "picture to read, a PNG file")
        ->type_name("FILE")
        ->capture_default_str();
    add_number("--width", width_, 0, widest,
               "width in pixels to scale the picture to; 0 keeps its size");
    add_number("--max-pixels", max_pixels_, 1, std::int64_t{1} << 40,
               "most pixels that a picture may have");
}

void Lesson::add_picture_output() {
    options_
        ->add_option("--output", output_,
                     "picture to write; unless given, "
                     "results/LESSON/VERSION.png")
        ->type_name("FILE");
}

void Lesson::add_log() {
    options_
        ->add_option("--log", log_file_,
                     "file for the work log: which thread did which item, "
                     "from when to when (CSV)")
        ->type_name("FILE");
}

void Lesson::add_path(const std::string& option, std::filesystem::path& value,
                      const std::string& kind, const std::string& help) {
    options_->add_option(option, value, help)->type_name(kind);
}

void Lesson::add_paths(const std::string& option,
                       std::vector<std::filesystem::path>& values,
                       const std::string& help) {
    options_->add_option(option, values, help)->type_name("PATH");
}

int Lesson::run(int argc, char** argv, const std::function<void()>& body) {
    version_ = std::filesystem::path(argv[0]).filename().string();
    program_ = name_ + "/" + version_;
    options_->name(program_);
    try {
        options_->parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", options_->help());
        return done;
    } catch (const CLI::ParseError& error) {
        fmt::print(stderr, "{}: {}: see --help\n", program_, error.what());
        return wrong_use;
    }
    omp_set_dynamic(0);
    // The serial program is serial throughout, scaling a picture included.
    if (version_ == "serial") threads_ = 1;
    if (threads_ > 0) omp_set_num_threads(static_cast<int>(threads_));
    set_schedule();
    return run_body(body);
}

void Lesson::set_schedule() const {
    if (schedule_.empty()) return;
    const bool given = options_->count("--schedule") > 0;
    if (!given && std::getenv("OMP_SCHEDULE") != nullptr) return;
    const Schedule schedule = to_schedule(schedule_).value();
    omp_set_schedule(schedule.kind, schedule.chunk);
}

int Lesson::run_body(const std::function<void()>& body) {
    try {
        body();
        if (!size_.empty()) print_report();
        if (!record_.empty()) append_record(record(), record_);
        return done;
    } catch (const std::bad_alloc&) {
        fmt::print(stderr, "{}: memory is not enough: choose a smaller size\n",
                   program_);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}: {}\n", program_, error.what());
    }
    return could_not;
}

int Lesson::team_size() { return omp_get_max_threads(); }

void Lesson::set_size(const std::string& words, std::int64_t items) {
    size_ = words;
    items_ = items;
}

int Lesson::threads_or(int otherwise) {
    if (threads_ == 0) threads_ = otherwise;
    const int threads = static_cast<int>(threads_);
    omp_set_num_threads(threads);
    return threads;
}

void Lesson::set_bytes_moved(std::int64_t bytes) { bytes_moved_ = bytes; }

void Lesson::require_memory(std::int64_t bytes, const std::string& option) {
    const std::int64_t available = available_memory();
    if (available == 0 || bytes <= available) return;
    throw std::runtime_error(
        fmt::format("{} needed and {} available: choose a smaller {}",
                    bytes_text(bytes), bytes_text(available), option));
}

Image Lesson::read_picture() {
    const Timer timer;
    Image image = read_png(input_, max_pixels_);
    const std::string original = fmt::format("{}, {} x {}", input_.string(),
                                             image.width(), image.height());
    if (width_ != 0 && width_ != image.width()) {
        const std::int64_t height =
            std::max<std::int64_t>(1, width_ * image.height() / image.width());
        if (width_ * height > max_pixels_) {
            throw std::runtime_error(fmt::format(
                "{} x {} would be {} pixels and the limit is {}: choose a "
                "smaller --width or raise --max-pixels",
                width_, height, width_ * height, max_pixels_));
        }
        image = scale_to_width(image, static_cast<int>(width_));
    }
    before_.push_back({"read", timer.seconds(), original});
    set_size(fmt::format("{} x {}", image.width(), image.height()),
             std::int64_t{image.width()} * image.height());
    return image;
}

void Lesson::measure(const std::function<void()>& work,
                     const std::function<void()>& prepare) {
    const auto seconds_of = [&](std::int64_t calls) {
        if (prepare) prepare();
        const Timer timer;
        for (std::int64_t call = 0; call < calls; ++call) work();
        return timer.seconds();
    };
    const ThreadCounter counter;
    // Warm-up: the team is made, memory is touched.
    constexpr double surely_long = 100 * shortest_timed_run;
    const bool may_be_short = seconds_of(1) < surely_long;
    calls_ = 1;
    // Twice the shortest, so that a run which is a little faster still counts.
    while (may_be_short && !prepare &&
           seconds_of(calls_) < 2 * shortest_timed_run) {
        calls_ *= 2;
    }
    for (std::int64_t run = 0; run < repeat_; ++run) {
        seconds_.push_back(seconds_of(calls_) / static_cast<double>(calls_));
    }
    threads_used_ = counter.threads();
}

void Lesson::measure_once(const std::function<void()>& work) {
    const ThreadCounter counter;
    const Timer timer;
    work();
    seconds_.push_back(timer.seconds());
    threads_used_ = counter.threads();
}

void Lesson::time_phase(const std::string& name, const std::string& note,
                        const std::function<void()>& work) {
    const Timer timer;
    work();
    std::vector<Phase>& phases = seconds_.empty() ? before_ : after_;
    phases.push_back({name, timer.seconds(), note});
}

WorkLog Lesson::log_run(std::int64_t items,
                        const std::function<void(WorkLog&)>& work) {
    WorkLog log(items);
    work(log);
    imbalance_ = log.imbalance(threads_used_);
    if (!log_file_.empty()) log.write_csv(log_file_);
    return log;
}

void Lesson::add_result(std::span<const std::byte> bytes) {
    if (bytes.empty()) return;  // zlib would begin its checksum anew
    checksum_ = static_cast<std::uint32_t>(crc32_z(
        checksum_, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

void Lesson::add_result(const Image& image) {
    const std::array<int, 2> sides = {image.width(), image.height()};
    add_result(std::as_bytes(std::span(sides)));
    add_result(std::as_bytes(image.pixels()));
    add_result(std::as_bytes(image.alpha()));
}

void Lesson::add_result(std::span<const double> values,
                        std::span<const double> expected, double tolerance) {
    if (values.size() != expected.size()) {
        throw std::invalid_argument(fmt::format(
            "{} results and {} expected ones", values.size(), expected.size()));
    }
    tolerance_ = tolerance;
    std::vector<double> numbers(expected.begin(), expected.end());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double error = std::abs(values[i] - expected[i]);
        // So written that what is no number is no right one.
        if (!(error <= tolerance * std::abs(expected[i]))) {
            numbers[i] = values[i];
        }
        if (error > 0.0) {
            error_ = std::max(error_, error / std::abs(expected[i]));
        }
    }
    add_result(std::as_bytes(std::span(numbers)));
}

std::filesystem::path Lesson::output_path(const std::string& suffix) {
    if (output_.empty()) {
        const std::filesystem::path folder =
            std::filesystem::path("results") / name_;
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (error) {
            throw std::runtime_error(
                fmt::format("{}: cannot be made: {}: name a file with --output",
                            folder.string(), error.message()));
        }
        output_ = folder / (version_ + ".png");
    }
    if (suffix.empty()) return output_;
    std::filesystem::path beside = output_;
    beside.replace_filename(output_.stem().string() + suffix + ".png");
    return beside;
}

std::filesystem::path Lesson::picture_file() { return output_path(""); }

void Lesson::write_picture(const Image& image) {
    const std::filesystem::path file = picture_file();
    const Timer timer;
    write_png(image, file);
    after_.push_back({"write", timer.seconds(), file.string()});
}

void Lesson::write_thread_map(const Image& image, const WorkLog& log) {
    const std::filesystem::path output = output_path("");
    std::error_code error;
    if (std::filesystem::exists(output, error) &&
        !std::filesystem::is_regular_file(output, error)) {
        return;  // nothing lies beside a device
    }
    const std::filesystem::path file = output_path("_threads");
    write_png(thread_map(image, log), file);
    after_.push_back({"thread map", 0.0, file.string()});
}

void Lesson::print_report() const {
    const auto print_phase = [](const Phase& phase) {
        fmt::print("  {:<12}{:>12}   {}\n", phase.name,
                   phase.seconds > 0.0 ? seconds_text(phase.seconds) : "",
                   phase.note);
    };
    fmt::print("{}  {}  {} thread{}  {}{}\n", name_, version_, threads_used_,
               plural(threads_used_), size_,
               schedule_.empty() || version_ == "serial"
                   ? ""
                   : "  schedule " + schedule_in_force());
    for (const Phase& phase : before_) print_phase(phase);
    if (!seconds_.empty()) {
        const double middle = median(seconds_);
        fmt::print(
            "  {:<12}{:>12}   median of {} run{} (best {}, interquartile "
            "range {})\n",
            name_.substr(name_.find('_') + 1), seconds_text(middle),
            seconds_.size(), plural(std::ssize(seconds_)),
            seconds_text(*std::min_element(seconds_.begin(), seconds_.end())),
            seconds_text(interquartile_range(seconds_)));
        if (!record().judgeable()) {
            fmt::print("{:<29}under 1 ms: too short to judge\n", "");
        }
    }
    if (imbalance_ && threads_used_ > 1) {
        fmt::print("  {:<12}{:>12.2f}   busiest thread / mean - 1\n",
                   "imbalance", *imbalance_);
    }
    if (tolerance_ > 0.0) {
        fmt::print(
            "  {:<12}{:>12.1e}   of a result, the largest; tolerated are "
            "{:.1e}\n",
            "error", error_, tolerance_);
    }
    for (const Phase& phase : after_) print_phase(phase);
}

Record Lesson::record() const {
    Record record;
    record.lesson = name_;
    record.version = version_;
    record.threads = threads_used_;
    record.threads_asked =
        threads_ > 0 ? static_cast<int>(threads_) : team_size();
    record.schedule = schedule_.empty() ? "" : schedule_in_force();
    record.size = size_;
    record.items = items_;
    record.bytes_moved = bytes_moved_;
    record.seconds = seconds_;
    record.calls_per_run = calls_;
    for (const Phase& phase : before_) record.read_seconds += phase.seconds;
    for (const Phase& phase : after_) record.write_seconds += phase.seconds;
    record.result = fmt::format("{:08x}", checksum_);
    record.tolerance = tolerance_;
    record.imbalance = imbalance_;
    return record;
}
