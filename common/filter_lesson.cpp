#include "common/filter_lesson.hpp"

#include "common/lesson.hpp"

namespace {

void add_filter_options(Lesson& lesson) {
    lesson.add_picture_input();
    lesson.add_picture_output();
}

/// Reads the picture and times the filter on fresh copies of it.
/// @returns the filtered picture.
Image filter_picture(Lesson& lesson, const Image& original,
                     const std::function<void(Image&)>& filter) {
    Image image = original;
    lesson.measure([&] { filter(image); }, [&] { image = original; });
    lesson.add_result(image);
    lesson.write_picture(image);
    return image;
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
        const Image original = read_original(lesson);
        filter_picture(lesson, original, filter);
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
        Image image = filter_picture(lesson, original,
                                     [&](Image& copy) { filter(copy, off); });
        image = original;
        const WorkLog log = lesson.log_run(
            image.height(), [&](WorkLog& rows) { filter(image, rows); });
        lesson.write_thread_map(image, log);
    });
}
