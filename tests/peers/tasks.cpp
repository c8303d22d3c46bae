#include "tests/peers/tasks.hpp"

#include <fmt/core.h>

#include "common/terminal.hpp"

namespace {

const std::string comprehension = "Python, list comprehension";
const std::string pillow_alone = "Pillow, list comprehension";
const std::string to_grey = "input=$picture output=$output.png by=";

Task picture_task(int width) {
    // One process that reads, filters and writes, and reads nothing again.
    const std::string ours =
        "--input $picture --width 0 --unchecked --output $output.png";
    const std::string imagemagick =
        "$picture -grayscale average -define png:compression-level=1 -define "
        "png:compression-strategy=3 -define png:compression-filter=1 "
        "png24:$output.png";
    // It multiplies by 0.33334, so that what it rounds down is our mean.
    const std::string libvips =
        "recomb $picture[access=sequential] "
        "$output.png[compression=1,filter=sub] $matrix";
    return {
        "picture",
        fmt::format("Picture in, grey, picture out: {} wide, PNG at level 1, "
                    "filter sub, run lengths",
                    width),
        {{"18_png/pipelined", "", ours, "", true},
         {"18_png/parallel", "", ours, "", true},
         {"18_png/libpng", "", ours, "", true},
         {pillow_alone, "Pillow", "picture " + to_grey + "pillow",
          "Pillow chooses filters, and cannot be told one."},
         {"Pillow and numpy", "Pillow numpy",
          "picture " + to_grey + "pillow_numpy"},
         {"OpenCV", "OpenCV numpy", "picture " + to_grey + "opencv",
          "Its sub, level 1 and run lengths are what it takes when it is told "
          "no level.",
          false, true},
         {"ImageMagick", "ImageMagick", imagemagick,
          "Told png:compression-filter=1, which is sub.", true, true},
         {"libvips", "libvips", libvips,
          "Its zlib strategy cannot be chosen: it searches longer, for a "
          "smaller file.",
          true}},
        width,
        true};
}

Task grey_task(int width) {
    const std::string ours = "--input $picture --width 0 --output $output.png";
    return {"grey",
            fmt::format("Grey in memory: {} wide", width),
            {{"05_grey/parallel", "", ours},
             {"19_bandwidth/prefetch", "", ours},
             {"05_grey/serial", "", ours},
             {pillow_alone, "Pillow", "grey " + to_grey + "pillow"},
             {"numpy", "numpy Pillow", "grey " + to_grey + "pillow_numpy"},
             {"OpenCV", "OpenCV numpy", "grey " + to_grey + "opencv",
              "It multiplies by a matrix of real numbers (transform).", false,
              true}},
            width};
}

Task fibonacci_task(int count) {
    const std::string size = fmt::format("count={}", count);
    return {"fibonacci",
            fmt::format("The list fib(0) .. fib({}), by naive recursion",
                        count - 1),
            {{"10_fibonacci/parallel", "", "--" + size},
             {comprehension, "Python", "fibonacci_list " + size},
             {"joblib", "joblib", "fibonacci_joblib " + size}}};
}

Task squares_task(const std::string& name, int count) {
    const std::string size = fmt::format("count={}", count);
    Task task = {
        name,
        fmt::format("A list of {} squares", count_text(count)),
        {{"03_squares/parallel", "", "--" + size},
         {"03_squares/serial", "", "--" + size},
         {comprehension, "Python", "squares_list " + size},
         {"numpy", "numpy", "squares_numpy " + size,
          "With arange, for the numbers have to come from somewhere."},
         {"joblib, blocks", "joblib", "squares_joblib_blocks " + size}}};
    if (count <= 1000) {
        task.rows.push_back(
            {"joblib, number by number", "joblib", "squares_joblib " + size});
    }
    return task;
}

Task primes_task(int bound) {
    const std::string size = fmt::format("count={}", bound);
    return {
        "primes",
        fmt::format("Primes below {}, by trial division", count_text(bound)),
        {{"11_primes/parallel", "", fmt::format("--below {}", bound)},
         {"Python, loop", "Python", "primes_list " + size},
         {"joblib, blocks", "joblib", "primes_joblib " + size},
         {"numpy, sieve", "numpy", "primes_sieve " + size,
          "Another algorithm: the sieve of Eratosthenes."}}};
}

Task mandelbrot_task(int width, int height, int limit) {
    const std::string view =
        fmt::format("width={} height={} limit={}", width, height, limit);
    const std::string ours = fmt::format(
        "--width {} --height {} --max-iterations {} --schedule dynamic "
        "--output $output.png",
        width, height, limit);
    return {"mandelbrot",
            fmt::format("Mandelbrot set: {} x {}, {} steps at most", width,
                        height, limit),
            {{"12_mandelbrot/parallel", "", ours},
             {"12_mandelbrot/lanes", "", ours},
             {"Python, loop", "Python", "mandelbrot_list " + view},
             {"joblib, rows", "joblib", "mandelbrot_joblib " + view},
             {"numpy", "numpy", "mandelbrot_numpy " + view,
              "A step for all points at once; those outside are dropped."}}};
}

Task mean_task(int side) {
    const std::string size = fmt::format("rows={0} columns={0}", side);
    return {"mean",
            fmt::format("Means of the columns of {0} x {0} numbers, within "
                        "1e-9",
                        count_text(side)),
            {{"15_mean/parallel", "",
              fmt::format("--rows {0} --columns {0}", side)},
             {"numpy", "numpy", "mean_numpy " + size},
             {"joblib, blocks of columns", "joblib numpy",
              "mean_joblib " + size, "Its workers are threads."},
             {"OpenCV, reduce", "OpenCV numpy", "mean_opencv " + size}}};
}

}  // namespace

std::vector<Task> all_tasks(bool quick) {
    const int width = quick ? 512 : 4096;
    return {
        picture_task(width),
        grey_task(width),
        fibonacci_task(quick ? 20 : 35),
        squares_task("squares-short", 1000),
        squares_task("squares", quick ? 100'000 : 10'000'000),
        primes_task(quick ? 20'000 : 1'000'000),
        quick ? mandelbrot_task(120, 80, 200) : mandelbrot_task(600, 400, 1000),
        mean_task(quick ? 500 : 10'000)};
}
