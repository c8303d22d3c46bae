// Whether the race detector works on this machine.

#pragma once

#include <string>

/// What a try of the race detector has shown.
struct DetectorCheck {
    bool works = false;
    std::string message;  ///< what was seen, and what to install or to change
};

/// Finds out whether `make races` can work here: compiles a small program with
/// a data race and one without by clang++ and ThreadSanitizer, and runs both.
DetectorCheck check_race_detector();
