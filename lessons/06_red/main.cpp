// Reads a picture, keeps its red, writes it and the map of who did what.

#include "common/lesson.hpp"
#include "red.hpp"

int main(int argc, char** argv) {
    Lesson lesson("06_red",
                  "Keeps the red of a picture, and shows which thread did "
                  "which row.");
    lesson.add_picture_input();
    lesson.add_picture_output();
    lesson.add_log();
    return lesson.run(argc, argv, [&] {
        const Image original = lesson.read_picture();
        Image image = original;
        WorkLog off;
        lesson.measure([&] { red(image, off); });  // red of red: the same work
        image = original;
        const WorkLog log = lesson.log_run(
            image.height(), [&](WorkLog& rows) { red(image, rows); });
        lesson.add_result(image);
        lesson.write_picture(image);
        lesson.write_thread_map(image, log);
    });
}
