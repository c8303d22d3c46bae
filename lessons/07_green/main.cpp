// Reads a picture, keeps its green, writes it.

#include "common/filter_lesson.hpp"
#include "green.hpp"

int main(int argc, char** argv) {
    return run_filter_lesson(argc, argv, "07_green",
                             "Keeps the green of a picture.", green);
}
