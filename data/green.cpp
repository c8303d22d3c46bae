// A green square with soft, round corners: a small picture that has alpha.

#include <algorithm>
#include <cmath>

#include "data/noise.hpp"
#include "data/scene.hpp"

namespace {

/// A little lighter at the top, as if lit from above.
void paint_column(double /*x*/, std::span<const double> y,
                  std::span<Colour> colours) {
    for (std::size_t i = 0; i < y.size(); ++i) {
        colours[i] = mix({0.06, 0.62, 0.10}, {0.01, 0.30, 0.04}, y[i]);
    }
}

/// Opaque inside, clear outside, soft in between.
double opacity_at(double x, double y) {
    constexpr double half_side = 0.46;
    constexpr double corner = 0.26;
    // How far the place is from the square that a circle of radius `corner`,
    // moved all over it, would make ours: the circle rounds the corners.
    const double beside = std::fabs(x - 0.5) - (half_side - corner);
    const double above = std::fabs(y - 0.5) - (half_side - corner);
    const double outside =
        length({std::max(beside, 0.0), std::max(above, 0.0), 0});
    return 1 - smooth_step(-0.08, 0.08, outside - corner);
}

}  // namespace

const Scene green{"green", 16, 1, 1, 0, paint_column, opacity_at};
