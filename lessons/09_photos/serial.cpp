// Lesson 09: a folder of photographs
//
// One iteration is one file: read, developed, written. It touches no photo but
// its own, so files may be done in any order. Their sizes differ, so any free
// thread takes the next one. A damaged file throws, and an exception must be
// caught in the iteration that threw it. `done` is shared: `critical` lets one
// thread at a time count it and show it.

#include <fmt/core.h>

#include "common/terminal.hpp"
#include "photos.hpp"

void develop_all(std::span<Photo> photos, const Develop& develop,
                 WorkLog& log) {
    const std::int64_t count = std::ssize(photos);
    std::int64_t done = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const WorkLog::Item noted = log.item(i);
        photos[i].error.clear();
        try {
            develop(photos[i]);
        } catch (const std::exception& problem) {
            photos[i].error = problem.what();
        }
        show_progress(fmt::format("{} of {} pictures", ++done, count));
    }
}
