// Laws of scaling, and how well measured speedups follow them.

#pragma once

#include <string>
#include <vector>

/// A measured speedup.
struct ScalingPoint {
    int threads = 1;
    double speedup = 1.0;  ///< time on one thread / time on `threads`
    double spread = 0.0;   ///< interquartile range of the time / its median
};

/// Karp and Flatt's experimentally determined serial fraction,
/// (1/S - 1/p) / (1 - 1/p) for speedup S > 0 on p >= 2 threads (Measuring
/// Parallel Processor Performance, 1990). Negative where S > p.
/// @throws std::invalid_argument on fewer threads, or without a speedup.
double karp_flatt(double speedup, int threads);

/// Amdahl's speedup on p threads with serial fraction s: 1 / (s + (1-s)/p)
/// (Validity of the Single Processor Approach, 1967).
double amdahl_speedup(double serial_fraction, int threads);

/// Gunther's Universal Scalability Law: p / (1 + contention (p-1) + coherence p
/// (p-1)) (Guerrilla Capacity Planning, 2007).
double usl_speedup(double contention, double coherence, int threads);

/// What a fit has found, or why there is none.
struct Fit {
    std::string refusal;  ///< why nothing was fitted; empty: it was
    /// Amdahl: the serial fraction. USL: contention, coherence.
    std::vector<double> parameters;
    double residual = 0.0;  ///< root mean square, in speedups
    [[nodiscard]] bool ok() const { return refusal.empty(); }
};

// Both fits refuse what shows no law, with the reason:
// - speedups whose range, by the largest, is at most twice the largest spread
//   of the times (of points on the same number of threads the median counts):
//   that is noise;
// - speedups that are all the same: the number of threads had no effect;
// - speedups that the law misses by half as much as they scatter around their
//   mean, or more (standard deviations, by the degrees of freedom left): it
//   explains too little. This catches most noise of unknown spread as well.
// The points of more threads than processors are for the caller to leave out.

/// Fits Amdahl's law: 1/S - 1/p = s (1 - 1/p) is a line through the origin, so
/// least squares give s in closed form; held within 0 .. 1. Refused with fewer
/// than three different numbers of threads, or as said above.
/// @throws std::invalid_argument when a point is none: fewer threads than 1, a
///     speedup that is not positive, a negative spread, or no number.
Fit fit_amdahl(const std::vector<ScalingPoint>& points);

/// Fits the USL by Gunther's linearisation: p/S - 1 = contention (p-1) +
/// coherence p (p-1), by least squares without an intercept; neither parameter
/// below 0. Refused with fewer than four different numbers of threads, or as
/// said above.
/// @throws std::invalid_argument as fit_amdahl.
Fit fit_usl(const std::vector<ScalingPoint>& points);
