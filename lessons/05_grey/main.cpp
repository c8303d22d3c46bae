// Reads a picture, turns it grey, writes it.

#include "common/filter_lesson.hpp"
#include "grey.hpp"

int main(int argc, char** argv) {
    return run_filter_lesson(argc, argv, "05_grey",
                             "Turns a picture grey, row by row.", grey);
}
