// Reads a picture, keeps its blue, writes it.

#include "blue.hpp"
#include "common/lesson.hpp"

int main(int argc, char** argv) {
    Lesson lesson("08_blue", "Keeps the blue of a picture.");
    lesson.add_picture_input();
    lesson.add_picture_output();
    return lesson.run(argc, argv, [&] {
        const Image original = lesson.read_picture();
        Image image = original;
        lesson.measure([&] { blue(image); });  // blue of blue: the same work
        image = original;
        blue(image);
        lesson.add_result(image);
        lesson.write_picture(image);
    });
}
