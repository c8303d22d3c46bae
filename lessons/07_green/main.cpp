// Reads a picture, keeps its green, writes it.

#include "common/lesson.hpp"
#include "green.hpp"

int main(int argc, char** argv) {
    Lesson lesson("07_green", "Keeps the green of a picture.");
    lesson.add_picture_input();
    lesson.add_picture_output();
    return lesson.run(argc, argv, [&] {
        const Image original = lesson.read_picture();
        Image image = original;
        lesson.measure([&] { green(image); });  // green of green: the same work
        image = original;
        green(image);
        lesson.add_result(image);
        lesson.write_picture(image);
    });
}
