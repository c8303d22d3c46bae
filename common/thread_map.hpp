// What a work log shows: timelines as text, and pictures in the threads'
// colours.

#pragma once

#include <string>

#include "common/image.hpp"
#include "common/work_log.hpp"

/// The picture with each row tinted in the colour of the thread that did it;
/// the log's items are the picture's rows. Seven of the eight colours are those
/// of Okabe and Ito (Color Universal Design, 2008), told apart by colour-blind
/// readers; grey stands in for their black. @throws std::invalid_argument when
/// the log has fewer items than the picture has rows.
Image thread_map(const Image& image, const WorkLog& log);

/// The log as text, a line for each thread of the team, the busy ones at least:
///
///     thread 0 |000000011111111222222|
///     thread 1 |3333333444444........|
///
/// The columns share the makespan evenly. Each shows the item that its thread
/// was doing in the column's middle, or `.` for none: an item shorter than a
/// column may not be seen. An item's mark is its character in `marks`, or,
/// beyond these, the last digit of its number. Empty when nothing was done.
std::string timeline_text(const WorkLog& log, int team_size,
                          const std::string& marks = "", int columns = 60);

/// The colour that stands for a thread in thread maps.
Pixel thread_colour(int thread);
