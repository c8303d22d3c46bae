#include "common/lesson.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <stdexcept>

#include "common/machine.hpp"
#include "common/openmp.hpp"
#include "common/output_file.hpp"
#include "common/png_bands.hpp"
#include "common/report.hpp"
#include "common/scale.hpp"
#include "common/schedule.hpp"
#include "common/temporary_folder.hpp"
#include "common/terminal.hpp"
#include "common/thread_map.hpp"
#include "common/timer.hpp"

namespace fs = std::filesystem;

int Lesson::run(int argc, char** argv, const std::function<void()>& body) {
    constexpr int wrong_use = 2;
    if (const auto status = parse(argc, argv)) return *status;
    std::string error;
    int status = EXIT_FAILURE;
    try {
        require_separate({input_}, {});
        body();
        if (!reports_) return EXIT_SUCCESS;
        record_.lesson = name_;
        record_.version = version_;
        record_.threads_asked = threads_or(team_size());
        record_.schedule = schedule_.empty() ? "" : schedule_in_force();
        record_.result = result_.text();
        if (!record_.size.empty()) fmt::print("{}", report_text(record_));
        if (!record_file_.empty()) {
            const Machine machine = describe_machine();
            record_.host = machine.host;
            record_.machine = machine_line(machine);
            append_record(record_, record_file_);
        }
        return EXIT_SUCCESS;
    } catch (const std::bad_alloc&) {
        error = "memory is not enough: choose a smaller size";
    } catch (const WrongUse& wrong) {
        error = wrong.what();
        status = wrong_use;
    } catch (const std::exception& other) {
        error = other.what();
    }
    fmt::print(stderr, "{}/{}: {}\n", name_, version_, printable(error));
    return status;
}

void Lesson::require_separate(const std::vector<fs::path>& read,
                              std::vector<fs::path> written) {
    written.insert(written.end(), {log_file_, item_times_file_, record_file_});
    if (paints_) written.push_back(picture_file());
    if (paints_ && logs_) written.push_back(thread_map_file());
    ::require_separate(read, written);
}

int Lesson::team_size() { return omp_get_max_threads(); }

int Lesson::threads_or(int otherwise) {
    if (threads_ == 0) threads_ = otherwise;
    const int threads = static_cast<int>(threads_);
    omp_set_num_threads(threads);
    return threads;
}

void Lesson::require_memory(std::int64_t bytes, const std::string& option) {
    const std::int64_t available = available_memory();
    if (available == 0 || bytes <= available) return;
    throw std::runtime_error(
        fmt::format("{} needed and {} available: choose a smaller {}",
                    bytes_text(bytes), bytes_text(available), option));
}

Image Lesson::scaled(Image image) const {
    if (width_ == 0 || width_ == image.width()) return image;
    const std::int64_t height =
        std::max<std::int64_t>(1, width_ * image.height() / image.width());
    if (width_ * height > max_pixels_) {
        throw std::runtime_error(fmt::format(
            "{} x {} would be {} pixels and the limit is {}: choose a "
            "smaller --width or raise --max-pixels",
            width_, height, width_ * height, max_pixels_));
    }
    require_memory(8 * width_ * height, "--width");  // a filter copies it
    return scale_to_width(image, static_cast<int>(width_));
}

PngReader Lesson::open_picture() {
    const char* copy = "scaled.png";
    if (!scaled_ && width_ != 0 &&
        width_ != PngReader(input_, max_pixels_).width()) {
        auto folder = std::make_shared<const TemporaryFolder>();
        write_png(scaled(read_png(input_, max_pixels_)), *folder / copy);
        scaled_ = std::move(folder);
    }
    return PngReader(scaled_ ? *scaled_ / copy : input_, max_pixels_);
}

Image Lesson::read_picture() {
    const Timer timer;
    Image image = read_png(input_, max_pixels_);
    const std::string original = fmt::format("{}, {} x {}", input_.string(),
                                             image.width(), image.height());
    image = scaled(std::move(image));
    add_phase({"read", timer.seconds(), original});
    set_size(fmt::format("{} x {}", image.width(), image.height()),
             std::int64_t{image.width()} * image.height());
    set_bytes_moved(2 * std::ssize(std::as_bytes(image.pixels())));
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
    // A team that scaled the picture may still be looking for work: it is not
    // to be counted.
    omp_pause_resource_all(omp_pause_soft);
    const ThreadCounter counter;
    // Warm-up: the team is made, memory is touched.
    constexpr double surely_long = 100 * shortest_timed_run;
    const bool may_be_short = seconds_of(1) < surely_long;
    std::int64_t& calls = record_.calls_per_run;
    // Twice the shortest, so that a run which is a little faster still counts.
    while (may_be_short && !prepare &&
           seconds_of(calls) < 2 * shortest_timed_run) {
        calls *= 2;
    }
    for (std::int64_t run = 0; run < repeat_; ++run) {
        record_.seconds.push_back(seconds_of(calls) /
                                  static_cast<double>(calls));
    }
    record_.threads = counter.threads();
}

void Lesson::measure_once(const std::function<void()>& work) {
    const ThreadCounter counter;
    const Timer timer;
    work();
    record_.seconds.push_back(timer.seconds());
    record_.threads = counter.threads();
}

void Lesson::add_phase(const Phase& phase) {
    const bool is_before = record_.seconds.empty();
    (is_before ? record_.before : record_.after).push_back(phase);
    (is_before ? record_.read_seconds : record_.write_seconds) += phase.seconds;
}

void Lesson::time_phase(const std::string& name, const std::string& note,
                        const std::function<void()>& work) {
    const Timer timer;
    work();
    add_phase({name, timer.seconds(), note});
}

WorkLog Lesson::log_run(std::int64_t items,
                        const std::function<void(WorkLog&)>& work) {
    WorkLog log(items);
    work(log);
    record_.imbalance = log.imbalance(record_.threads);
    if (!log_file_.empty()) log.write_csv(log_file_.c_str());
    return log;
}

void Lesson::time_items(std::int64_t items,
                        const std::function<void(std::int64_t)>& work) {
    if (item_times_file_.empty()) return;
    WorkLog log(items);
    for (std::int64_t i = 0; i < items; ++i) {
        const WorkLog::Item noted = log.item(i);
        work(i);
    }
    log.write_csv(item_times_file_.c_str());
}

void Lesson::add_result(std::span<const double> values,
                        std::span<const double> expected, double tolerance) {
    record_.tolerance = tolerance;
    record_.error =
        std::max(record_.error, result_.add(values, expected, tolerance));
}

fs::path Lesson::picture_file() {
    if (!output_.empty()) return output_;
    const fs::path folder = fs::path("results") / name_;
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw std::runtime_error(
            fmt::format("{}: cannot be made: {}: name a file with --output",
                        folder.string(), error.message()));
    }
    return folder / (version_ + ".png");
}

void Lesson::write_picture(const Image& image) {
    const fs::path file = picture_file();
    time_phase("write", file.string(), [&] { write_png(image, file); });
}

void Lesson::write_picture(
    int width, int height,
    const std::function<void(int y, std::span<Pixel> row)>& paint) {
    const fs::path file = picture_file();
    time_phase("write", file.string(),
               [&] { write_png(width, height, paint, file); });
}

fs::path Lesson::thread_map_file() {
    const fs::path file = picture_file();
    std::error_code error;
    if (fs::exists(file, error) && !fs::is_regular_file(file, error)) {
        return {};  // a device has no place beside it
    }
    return file.parent_path() / (file.stem().string() + "_threads.png");
}

void Lesson::write_thread_map(const Image& image, const WorkLog& log) {
    const fs::path file = thread_map_file();
    if (file.empty()) return;
    write_png(thread_map(image, log), file);
    add_phase({"thread map", 0.0, file.string()});
}
