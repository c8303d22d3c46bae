#include "common/filter_lesson.hpp"

#include "common/lesson.hpp"

namespace {

void add_filter_options(Lesson& lesson) {
    lesson.add_picture_input();
    lesson.add_picture_output();
}

/// Times the filter on a copy of the picture and writes what comes out.
void filter_picture(Lesson& lesson, const Image& original,
                    const std::function<void(Image&)>& filter) {
    Image image = original;
    // What is grey stays grey, what is red stays red: a filter may be timed on
    // what it has filtered before, and finds the same work.
    lesson.measure([&] { filter(image); });
    // Once more, on a picture in which nothing is right yet.
    image = original;
    filter(image);
    lesson.add_result(image);
    lesson.write_picture(image);
}

Image read_original(Lesson& lesson) {
    Image original = lesson.read_picture();
    const auto bytes =
        static_cast<std::int64_t>(original.pixels().size_bytes());
    lesson.set_bytes_moved(2 * bytes);  // every pixel is read and written
    return original;
}

}  // namespace

int run_filter_lesson(int argc, char** argv, const std::string& name,
                      const std::string& summary,
                      const std::function<void(Image&)>& filter) {
    Lesson lesson(name, summary);
    add_filter_options(lesson);
    return lesson.run(argc, argv, [&] {
        filter_picture(lesson, read_original(lesson), filter);
    });
}

int run_filter_lesson(int argc, char** argv, const std::string& name,
                      const std::string& summary,
                      const std::function<void(Image&, WorkLog&)>& filter) {
    Lesson lesson(name, summary);
    add_filter_options(lesson);
    lesson.add_log();
    return lesson.run(argc, argv, [&] {
        const Image original = read_original(lesson);
        WorkLog off;
        filter_picture(lesson, original,
                       [&](Image& copy) { filter(copy, off); });
        Image image = original;
        const WorkLog log = lesson.log_run(
            image.height(), [&](WorkLog& rows) { filter(image, rows); });
        lesson.write_thread_map(image, log);
    });
}
