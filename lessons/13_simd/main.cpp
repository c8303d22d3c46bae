// Computes a dot product and compares it with the exact one.

#include "common/lesson.hpp"
#include "common/terminal.hpp"
#include "parts/lists.hpp"
#include "simd.hpp"

int main(int argc, char** argv) {
    std::int64_t count = 100'000;
    Lesson lesson("13_simd", "Computes the dot product of two lists.");
    lesson.option("--count", count, {0, 1'000'000'000, 20},
                  "length of each list");
    return lesson.run(argc, argv, [&] {
        constexpr int bytes = 16;  // two doubles
        Lesson::require_memory(bytes * count, "--count");
        lesson.set_size(count_text(count) + " products", count);
        lesson.set_bytes_moved(bytes * count);
        const std::vector<double> left = random_list(count, 1);
        const std::vector<double> right = random_list(count, 2);
        double sum = 0.0;
        lesson.measure([&] { sum = dot(left, right); });
        const double result = compare_with_exact(sum, left, right);
        lesson.add_result(std::as_bytes(std::span(&result, 1)));
    });
}
