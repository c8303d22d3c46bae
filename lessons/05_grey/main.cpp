// Reads a picture, turns it grey, writes it.

#include "common/lesson.hpp"
#include "grey.hpp"

int main(int argc, char** argv) {
    Lesson lesson("05_grey", "Turns a picture grey, row by row.");
    lesson.add_picture_input();
    lesson.add_picture_output();
    return lesson.run(argc, argv, [&] {
        const Image original = lesson.read_picture();
        Image image = original;
        lesson.measure([&] { grey(image); });  // grey of grey: the same work
        image = original;
        grey(image);
        lesson.add_result(image);
        lesson.write_picture(image);
    });
}
