// The lessons that filter a picture: read, filter, write.

#pragma once

#include <functional>
#include <string>

#include "common/image.hpp"
#include "common/work_log.hpp"

/// Runs a lesson that changes a picture in place: reads --input, scales it to
/// --width, times the filter and writes --output. The filter is idempotent:
/// applied to what it has made it changes nothing.
/// @returns the program's exit status, as Lesson::run.
int run_filter_lesson(int argc, char** argv, const std::string& name,
                      const std::string& summary,
                      const std::function<void(Image&)>& filter);

/// The same for a filter that logs its rows; also writes the thread map.
int run_filter_lesson(int argc, char** argv, const std::string& name,
                      const std::string& summary,
                      const std::function<void(Image&, WorkLog&)>& filter);
