// Wall-clock time.

#pragma once

#include <chrono>

/// Measures the wall-clock time since it was made.
class Timer {
 public:
    /// Seconds since the timer was made. The clock is steady: it never goes
    /// back, even when somebody sets the machine's time.
    [[nodiscard]] double seconds() const {
        const std::chrono::duration<double> passed = Clock::now() - start_;
        return passed.count();
    }

 private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point start_ = Clock::now();
};
