#include "tests/bench/lessons.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>

#include "common/record.hpp"
#include "common/temporary_folder.hpp"
#include "common/terminal.hpp"

namespace {

namespace fs = std::filesystem;

/// What stands in a run's options for a folder that is removed afterwards.
constexpr std::string_view scratch_name = "SCRATCH/";
const std::string to_scratch = " --output SCRATCH/out.png";
constexpr std::array<int, 3> photo_counts = {1, 10, 100};

/// What the bench knows of a lesson.
struct Known {
    std::string lesson;
    std::array<std::string, 3> sizes;  ///< options; a decade of items apart
    Cost cost = {};                    ///< at the largest size; bytes 0: none
    std::string remark = {};           ///< see Scaling
    double efficiency = 0.0;           ///< to be reached; 0: not judged
    std::array<double, 3> items = {};  ///< 0: those of the program's record
    std::string fast = {};             ///< a version that is measured as well
    std::vector<Target> comparisons = {};
};

std::array<std::string, 3> decades(const std::string& option, int largest,
                                   const std::string& others = "") {
    std::array<std::string, 3> sizes;
    for (std::string& size : sizes) {
        size = fmt::format("{} {}{}", option, largest, others);
        largest /= 10;
    }
    std::reverse(sizes.begin(), sizes.end());
    return sizes;
}

constexpr double nearly_all = 0.95;  // of what the control gains
const std::string leaves_caches = "leaves the caches";

/// Lessons without a line here are measured as well, at their usual size.
std::vector<Known> known_lessons() {
    const std::array<std::string, 3> pictures = {"--width 410" + to_scratch,
                                                 "--width 1296" + to_scratch,
                                                 "--width 4096" + to_scratch};
    // Naps on ten threads.
    const auto naps = decades("--count", 100, " --seconds 0.005 --threads 10");
    // Where the bench is compiled for AVX-512, the lessons are, too. In the
    // large view, most points escape within a few steps: lanes gain less there.
#if defined(__AVX512F__) && defined(__clang__)
    const double lanes_target = 14.0;
    const double large_target = 7.0;
#elif defined(__AVX512F__)
    const double lanes_target = 14.0;
    const double large_target = 9.0;
#else
    const double lanes_target = 9.0;
    const double large_target = 5.0;
#endif
    const std::string view = "--width 600 --height 400" + to_scratch;
    const std::string large = large_view + " --unchecked" + to_scratch;
    const std::string dot = " --count 1000";  // in the cache
    const std::string matrix = " --size 600";
    // What is counted by hand is a lower bound for the way into a PNG file: a
    // byte is filtered (1), goes into two checksums (2 and 3) and is compared
    // with the one before it (1).
    const double png = 7;
    const double photo = 3.0 * 256 * 144 * 5;  // bytes: it and four views
    return {
        {"01_hello", decades("--count", 100'000)},
        {.lesson = "02_naps",
         .sizes = naps,
         .comparisons = {{"02_naps: ten at once against one nap",
                          "02_naps/parallel " + naps[1],
                          "02_naps/parallel " + naps[0]}}},
        {"03_squares", decades("--count", 10'000'000), {1, 8}, leaves_caches},
        // A step compares, subtracts and adds.
        {.lesson = "04_roots",
         .sizes = decades("--root", 5'000'000, " --count 60"),
         .cost = {3, 16.0 / 5e6},
         .items = {60 * 5e4, 60 * 5e5, 60 * 5e6}},
        {"05_grey", pictures, {}, leaves_caches},
        {"06_red", pictures, {}, leaves_caches},
        {"07_green", pictures, {}, leaves_caches},
        {"08_blue", pictures, {}, leaves_caches},
        {"09_photos",
         {"--pictures SCRATCH/1 --width 256 --output SCRATCH/photos",
          "--pictures SCRATCH/10 --width 256 --output SCRATCH/photos",
          "--pictures SCRATCH/100 --width 256 --output SCRATCH/photos"},
         {photo * png, 2 * photo}},
        // An item is a call of fibonacci(): 2 F(n + 1) - 1 for each number, and
        // 2 (F(count + 2) - 1) - count for a list. It compares, subtracts twice
        // and adds; hardly any bytes: 8 for an element, in a million calls.
        {.lesson = "10_fibonacci",
         .sizes = {"--count 25", "--count 30", "--count 35"},
         .cost = {4, 1e-5},
         .efficiency = nearly_all,
         .items = {392'809, 4'356'586, 48'315'597}},
        // 67.74 divisors are tried, on average: each the root of a prime, or
        // the least divisor, less one. A trial divides, compares twice and
        // adds; no bytes but a counter's.
        {"11_primes",
         decades("--below", 1'000'000),
         {4 * 67.74, 1e-3},
         "a prime n takes up to sqrt(n) divisions",
         nearly_all},
        // The mean escape time in this view is 342.3 steps. A step has 3
        // products, 4 sums and a comparison.
        {.lesson = "12_mandelbrot",
         .sizes = {"--width 60 --height 40" + to_scratch,
                   "--width 189 --height 126" + to_scratch, view},
         .cost = {8 * 342.3, 4},
         .efficiency = nearly_all,
         .fast = "lanes",
         .comparisons = {{"12_mandelbrot in lanes, one thread, against serial",
                          "12_mandelbrot/lanes " + view + " --threads 1",
                          "12_mandelbrot/serial " + view, Kind::times,
                          lanes_target},
                         {"the same, 8000 x 8000, 50 steps",
                          "12_mandelbrot/lanes " + large + " --threads 1",
                          "12_mandelbrot/serial " + large, Kind::times,
                          large_target}}},
        {.lesson = "13_simd",
         .sizes = decades("--count", 10'000'000),
         .cost = {2, 16},
         .remark = leaves_caches,
         .comparisons = {{"13_simd in lanes, one thread, against the plain sum",
                          "13_simd/parallel" + dot + " --threads 1",
                          "13_simd/serial" + dot, Kind::times, 2.0}}},
        {"14_cake", decades("--count", 40'000'000), {1, 2}, leaves_caches},
        {"15_mean", decades("--rows", 10'000), {1, 8}, leaves_caches},
        // As many comparisons as merge sort makes at most; every level reads
        // and writes the list of scores of 8 bytes, twice.
        {"16_scores",
         decades("--count", 1'000'000),
         {std::log2(1e6), 4 * 8 * std::log2(100.0)},
         "n log n comparisons"},
        {.lesson = "18_png",
         .sizes = pictures,
         .cost = {3 * png, 3},
         .comparisons = {{"18_png pipelined against parallel",
                          "18_png/pipelined " + pictures[2],
                          "18_png/parallel " + pictures[2], Kind::times,
                          1 / 0.75},
                         {"18_png pipelined against libpng",
                          "18_png/pipelined " + pictures[2],
                          "18_png/libpng " + pictures[2], Kind::times, 1.6}}},
        {"19_bandwidth", pictures, {}, leaves_caches},
        // An item is a product and a sum. At least each number of the three
        // matrices moves once.
        {.lesson = "20_matrix",
         .sizes = {"--size 100", "--size 215", "--size 464"},
         .cost = {2, 3 * 8 / 464.0},
         .remark = leaves_caches,
         .efficiency = nearly_all,
         .items = {std::pow(100, 3), std::pow(215, 3), std::pow(464, 3)},
         .fast = "blocks",
         .comparisons = {{"20_matrix in blocks, one thread, against serial",
                          "20_matrix/blocks" + matrix + " --threads 1",
                          "20_matrix/serial" + matrix, Kind::times, 4.0}}},
    };
}

/// Adds a comparison, and the runs that it needs.
void compare(LessonRuns& runs, const Target& target) {
    runs.suite.targets.push_back(target);
    runs.names.insert(target.subject);
    runs.names.insert(target.reference);
}

void add_lesson(LessonRuns& runs, const Known& known) {
    const std::string& lesson = known.lesson;
    const std::string options =
        known.sizes[2].empty() ? "" : " " + known.sizes[2];
    const std::string parallel = lesson + "/parallel" + options;
    compare(runs, {.what = lesson + ": efficiency",
                   .subject = parallel,
                   .reference = lesson + "/serial" + options,
                   .kind = Kind::efficiency,
                   .at_least = known.efficiency});
    for (const Target& target : known.comparisons) compare(runs, target);
    if (options.empty()) return;

    Scaling scaling = {lesson, {}, known.remark};
    for (std::size_t i = 0; i < known.sizes.size(); ++i) {
        scaling.sizes[i] = {lesson + "/parallel " + known.sizes[i], "",
                            known.items[i]};
        runs.names.insert(scaling.sizes[i].name);
    }
    runs.suite.scalings.push_back(scaling);
    if (known.cost.bytes > 0.0) {
        runs.suite.points.push_back(
            {lesson, parallel, known.items[2], known.cost});
    }
    if (known.fast.empty()) return;
    const std::string fast = lesson + "/" + known.fast;
    compare(runs, {fast + " against parallel", fast + options, parallel});
    runs.suite.points.push_back(
        {fast, fast + options, known.items[2], known.cost});
}

/// A folder for what the runs read and write: photos to read are in it.
void fill(const TemporaryFolder& folder) {
    for (const int count : photo_counts) {
        const fs::path photos = folder / fmt::format("{}", count);
        fs::create_directory(photos);
        for (int i = 0; i < count; ++i) {
            fs::copy_file("data/clouds.png", photos / fmt::format("{}.png", i));
        }
    }
}

/// Does one run, by its name.
Record run_once(const std::string& name, const fs::path& folder,
                const TemporaryFolder& scratch) {
    std::vector<std::string> words = words_of(name);
    for (std::string& word : words) {
        if (word.starts_with(scratch_name)) {
            word = scratch / word.substr(scratch_name.size());
        }
    }
    const fs::path program = folder / words.front();
    const fs::path record = scratch / "record.json";
    words.erase(words.begin());
    words.insert(words.end(), {"--repeat", "3", "--record", record});
    run_program(program, words);
    return read_last_record(record);
}

/// Sizes and points get their items and words from what the programs recorded.
void complete(Suite& suite, const std::map<std::string, Record>& records) {
    const auto items_of = [&](const std::string& name, double known) {
        return known > 0.0 ? known
                           : static_cast<double>(records.at(name).items);
    };
    for (Scaling& scaling : suite.scalings) {
        for (ProblemSize& size : scaling.sizes) {
            size.words = records.at(size.name).size;
            size.items = items_of(size.name, size.items);
        }
    }
    for (Point& point : suite.points) {
        point.items = items_of(point.name, point.items);
    }
}

}  // namespace

std::vector<std::string> words_of(const std::string& line) {
    std::istringstream stream(line);
    return {std::istream_iterator<std::string>(stream), {}};
}

Outcome run_program(const fs::path& program,
                    const std::vector<std::string>& arguments) {
    Outcome outcome = run_process({.program = program, .arguments = arguments});
    if (!outcome.ok()) {
        throw std::runtime_error(fmt::format(
            "{} {}: {}\n{}", program.string(), fmt::join(arguments, " "),
            outcome.how_it_ended(), outcome.output));
    }
    return outcome;
}

LessonRuns plan_runs(const std::vector<LessonPrograms>& lessons, int threads) {
    LessonRuns runs = {.names = {}, .suite = {.threads = threads}};
    const std::vector<Known> known = known_lessons();
    for (const LessonPrograms& programs : lessons) {
        const auto found = std::find_if(
            known.begin(), known.end(),
            [&](const Known& one) { return one.lesson == programs.lesson; });
        add_lesson(runs, found != known.end()
                             ? *found
                             : Known{.lesson = programs.lesson, .sizes = {}});
    }
    return runs;
}

void measure(LessonRuns& runs, const fs::path& folder, int rounds,
             const std::function<void()>& before_each_round, Times& times) {
    const TemporaryFolder scratch;
    fill(scratch);
    std::map<std::string, Record> records;
    std::vector<std::string> order(runs.names.begin(), runs.names.end());
    std::mt19937 random;
    for (int round = 1; round <= rounds; ++round) {
        before_each_round();
        std::shuffle(order.begin(), order.end(), random);
        for (const std::string& name : order) {
            show_progress(
                fmt::format("round {} of {}: {:.60}", round, rounds, name));
            records[name] = run_once(name, folder, scratch);
            const std::vector<double>& seconds = records[name].seconds;
            times[name].insert(times[name].end(), seconds.begin(),
                               seconds.end());
        }
    }
    show_progress("");
    complete(runs.suite, records);
}
