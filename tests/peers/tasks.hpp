// What `make peers` compares: the tasks, and in each one who does it.

#pragma once

#include <string>
#include <vector>

/// Somebody who does a task.
struct Row {
    std::string who;  ///< of ours: the program, such as "05_grey/serial"
    /// What must be present, such as "Pillow numpy"; empty: it is ours.
    std::string needs;
    /// Options of our program or of another one; of Python, a function of
    /// peer_work.py and its settings. In it, $picture is to be read, $output to
    /// be written (without an end), and $matrix takes the mean for libvips.
    std::string work;
    std::string note = {};  ///< what is not the same
    bool whole = false;     ///< timed as a process, from its start to its end
    bool rounds = false;    ///< to the nearest number; ours rounds down
};

/// The same work for all of its rows; the first one is ours, and what the
/// others are compared with.
struct Task {
    std::string name;
    std::string title;
    std::vector<Row> rows;
    int width = 0;  ///< of $picture; the result is $output.png, grey. 0: none
    bool shows_files = false;  ///< and memory
};

/// All tasks, or all of them small.
std::vector<Task> all_tasks(bool quick);
