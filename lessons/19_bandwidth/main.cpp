// Reads a picture, turns it grey or keeps its red, writes it.

#include "bandwidth.hpp"
#include "common/lesson.hpp"

int main(int argc, char** argv) {
    bool keep_red = false;
    Lesson lesson("19_bandwidth",
                  "Turns a picture grey, as fast as the memory allows.");
    lesson.add_picture_input();
    lesson.add_picture_output();
    lesson.option("--red", keep_red, "keep the red of the picture instead");
    return lesson.run(argc, argv, [&] {
        const Image original = lesson.read_picture();
        const auto filter = keep_red ? red : grey;
        Image image = original;
        lesson.measure([&] { filter(image); });  // grey of grey: the same work
        image = original;
        filter(image);
        lesson.add_result(image);
        lesson.write_picture(image);
    });
}
