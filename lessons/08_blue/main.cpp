// Reads a picture, keeps its blue, writes it.

#include "blue.hpp"
#include "common/filter_lesson.hpp"

int main(int argc, char** argv) {
    return run_filter_lesson(argc, argv, "08_blue",
                             "Keeps the blue of a picture.", blue);
}
