// What a lesson program prints of its run.

#pragma once

#include <string>

#include "common/record.hpp"

/// The report for a person: the size, the time of each phase and of the
/// function, the load imbalance and the largest error where they are known.
std::string report_text(const Record& record);
