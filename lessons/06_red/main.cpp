// Reads a picture, keeps its red, writes it and the map of who did what.

#include "common/filter_lesson.hpp"
#include "red.hpp"

int main(int argc, char** argv) {
    return run_filter_lesson(argc, argv, "06_red",
                             "Keeps the red of a picture, and shows which "
                             "thread did which row.",
                             red);
}
